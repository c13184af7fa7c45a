;; The results and traps of waiting and notifying, at the sizes of words and addresses.
;; RUN: %wast %s
;; RUN: %wast -O0 %s
;; RUN: %wast --bounds=explicit %s

(module
  (memory $m 1 1 shared)
  (memory $wide i64 1 1 shared)
  (memory $plain 1 1)
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 $m (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 $m offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait_wide") (param i64 i32 i64) (result i32)
    (memory.atomic.wait32 $wide (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait_plain") (param i32) (result i32)
    (memory.atomic.wait32 $plain (local.get 0) (i32.const 0) (i64.const 0)))
  (func (export "notify") (param i32 i32) (result i32)
    (memory.atomic.notify $m (local.get 0) (local.get 1)))
  (func (export "notify_plain") (param i32) (result i32)
    (memory.atomic.notify $plain (local.get 0) (i32.const 1)))
  (func (export "store") (param i32 i64) (i64.atomic.store $m (local.get 0) (local.get 1))))

(assert_return (invoke "store" (i32.const 16) (i64.const 0x1_0000_0001)))
(assert_return (invoke "wait32" (i32.const 0) (i32.const 1) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 16) (i32.const 1) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 65532) (i32.const 0) (i64.const 1000)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 1) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1_0000_0001) (i64.const 1)) (i32.const 2))
(assert_return (invoke "wait_wide" (i64.const 4) (i32.const 1) (i64.const -1)) (i32.const 1))
(assert_return (invoke "notify" (i32.const 16) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify_plain" (i32.const 16)) (i32.const 0))

(assert_trap (invoke "wait32" (i32.const 2) (i32.const 1) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 4) (i64.const 1) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "notify" (i32.const 1) (i32.const 0)) "unaligned atomic")
(assert_trap (invoke "wait32" (i32.const 65536) (i32.const 1) (i64.const 0))
  "out of bounds memory access")
(assert_trap (invoke "wait64" (i32.const 65528) (i64.const 1) (i64.const 0))
  "out of bounds memory access")
(assert_trap (invoke "wait_wide" (i64.const 0x1_0000_0000_0000) (i32.const 1) (i64.const 0))
  "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "wait_plain" (i32.const 0)) "expected shared memory")
