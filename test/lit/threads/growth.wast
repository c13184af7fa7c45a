;; All threads see that one of them has grown a memory, without and with checks of bounds.
;; RUN: %wast %s
;; RUN: %wast -O0 %s
;; RUN: %wast --bounds=explicit %s

(module $Memories
  (memory (export "m") 1 100 shared)
  (memory (export "wide") i64 1 100 shared))

(thread $Grower (shared (module $Memories))
  (register "memories" $Memories)
  (module
    (memory $m (import "memories" "m") 1 100 shared)
    (memory $wide (import "memories" "wide") i64 1 100 shared)
    (func (export "run") (result i32 i64)
      (memory.grow $m (i32.const 9))
      (memory.grow $wide (i64.const 9))
      (i32.store $m (i32.const 655356) (i32.const 7))
      (i32.store $wide (i64.const 655356) (i32.const 8))
      (i32.atomic.store $m (i32.const 0) (i32.const 1))
      (drop (memory.atomic.notify $m (i32.const 0) (i32.const 1)))))
  (assert_return (invoke "run") (i32.const 1) (i64.const 1)))

(register "memories" $Memories)
(module
  (memory $m (import "memories" "m") 1 100 shared)
  (memory $wide (import "memories" "wide") i64 1 100 shared)
  (func (export "await") (result i32 i32 i32 i64)
    (loop $again
      (drop (memory.atomic.wait32 $m (i32.const 0) (i32.const 0) (i64.const 1000000)))
      (br_if $again (i32.eqz (i32.atomic.load $m (i32.const 0)))))
    (i32.load $m (i32.const 655356))
    (i32.load $wide (i64.const 655356))
    (memory.size $m)
    (memory.size $wide))
  (func (export "load") (param i32) (result i32) (i32.load $m (local.get 0)))
  (func (export "load_wide") (param i64) (result i32) (i32.load $wide (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow $m (local.get 0)))
  (func (export "fill") (param i32 i32) (memory.fill $m (local.get 0) (i32.const 1) (local.get 1))))
(assert_return (invoke "await") (i32.const 7) (i32.const 8) (i32.const 10) (i64.const 10))
(wait $Grower)
(assert_trap (invoke "load" (i32.const 655360)) "out of bounds memory access")
(assert_trap (invoke "load_wide" (i64.const 655357)) "out of bounds memory access")
(assert_return (invoke "fill" (i32.const 0) (i32.const 655360)))
(assert_trap (invoke "fill" (i32.const 1) (i32.const 655360)) "out of bounds memory access")
(assert_return (invoke "grow" (i32.const 91)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 90)) (i32.const 10))
(assert_return (invoke "load" (i32.const 6553596)) (i32.const 0))
