(module
  (rec
    (type $method (func (param (ref $object)) (param i32) (result i32)))
    (type $table (sub (struct (field $f (ref $method)))))
    (type $object (sub (struct (field $table (ref $table)) (field $x i32)))))
  (global (ref $table) (struct.new $table (ref.func $add)))
  (global (ref $table) (struct.new $table (ref.func $mul)))
  (func $add (type $method)
    (i32.add (local.get 1) (struct.get $object $x (local.get 0))))
  (func $mul (type $method)
    (i32.mul (local.get 1) (struct.get $object $x (local.get 0))))
  (func $call (export "call") (param $o (ref $object)) (param i32) (result i32)
    (i32.xor (i32.const 77) (call_ref $method (local.get $o) (local.get 1)
      (struct.get $table $f (struct.get $object $table (local.get $o)))))))
