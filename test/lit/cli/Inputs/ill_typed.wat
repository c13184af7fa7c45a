(module (func (result i32) (i32.add (f32.const 0) (i32.const 1))))
