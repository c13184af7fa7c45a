;; A load whose value is selected under a condition is made in any case.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --cpu=x86-64 %s
(module
  (memory 1)
  (func (export "integer") (param $at i32) (param $other i32) (param $choice i32) (result i32)
    (select (i32.load (local.get $at)) (local.get $other) (local.get $choice)))
  (func (export "long") (param $at i32) (param $other i64) (param $x f64) (result i64)
    (select (local.get $other) (i64.load (local.get $at)) (f64.lt (local.get $x) (f64.const 5))))
  (func (export "constant") (param $other i32) (param $choice i32) (result i32)
    (select (i32.load offset=4294901803 (i32.const 0)) (local.get $other) (local.get $choice))))

(assert_return (invoke "integer" (i32.const 65532) (i32.const 3) (i32.const 0)) (i32.const 3))
(assert_return (invoke "integer" (i32.const 65532) (i32.const 3) (i32.const 1)) (i32.const 0))
(assert_trap (invoke "integer" (i32.const 65533) (i32.const 3) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "integer" (i32.const 65533) (i32.const 3) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "long" (i32.const 65529) (i64.const 3) (f64.const 0)) "out of bounds memory access")
(assert_trap (invoke "long" (i32.const 65529) (i64.const 3) (f64.const 9)) "out of bounds memory access")
(assert_trap (invoke "constant" (i32.const 3) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "constant" (i32.const 3) (i32.const 1)) "out of bounds memory access")
