(module (func (result i31ref) (ref.i31 (i32.const 1))))
