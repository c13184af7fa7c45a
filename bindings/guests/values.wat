;; What the tests of the bindings do with values.
(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "same_i64") (param i64) (result i64) (local.get 0))
  (func (export "same_f32") (param f32) (result f32) (local.get 0))
  (func (export "same_f64") (param f64) (result f64) (local.get 0))
  (func (export "same_v128") (param v128) (result v128) (local.get 0))
  (func (export "swap") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
  (func (export "with space"))
  (func (export "loop") (loop $l (br $l)))
  (func $inner (unreachable))
  (func (export "trap") (call $inner)))
