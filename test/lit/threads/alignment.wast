;; An atomic access that is neither aligned nor in bounds traps because of its alignment, with checks
;; of bounds as well as with guard pages, and with both kinds of addresses.
;;
;; RUN: %wast %s
;; RUN: %wast -O0 %s
;; RUN: %wast --bounds=explicit %s

(module
  (memory $m 1 1 shared)
  (memory $m64 i64 1 1 shared)
  (func (export "load") (param i32) (result i32)
    (i32.atomic.load $m offset=2 (local.get 0)))
  (func (export "add") (param i64) (result i64)
    (i64.atomic.rmw.add $m64 offset=4 (local.get 0) (i64.const 1)))
  (func (export "byte") (param i32) (result i32)
    (i32.atomic.rmw8.add_u $m offset=1 (local.get 0) (i32.const 1))))

(assert_return (invoke "load" (i32.const 2)) (i32.const 0))
(assert_trap (invoke "load" (i32.const 65535)) "unaligned atomic")
(assert_trap (invoke "load" (i32.const 65536)) "unaligned atomic")
(assert_trap (invoke "load" (i32.const 65534)) "out of bounds memory access")
(assert_trap (invoke "load" (i32.const -2)) "out of bounds memory access")
(assert_return (invoke "add" (i64.const 4)) (i64.const 0))
(assert_trap (invoke "add" (i64.const 65536)) "unaligned atomic")
(assert_trap (invoke "add" (i64.const 65540)) "out of bounds memory access")
(assert_trap (invoke "add" (i64.const -1)) "unaligned atomic")
(assert_trap (invoke "add" (i64.const -4)) "out of bounds memory access")
(assert_return (invoke "byte" (i32.const 65534)) (i32.const 0))
(assert_trap (invoke "byte" (i32.const 65535)) "out of bounds memory access")
