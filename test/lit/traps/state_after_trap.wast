;; The state of a guest after a trap (docs/traps.md): no store that it had not executed; its shared
;; globals, its tables, and all stores before the last call out of the module or before the outermost
;; loop, exactly.
;;
;; REQUIRES: x86_64
;; RUN: %wast -O0 %s
;; RUN: %wast -O1 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --cpu x86-64 %s
;; RUN: %wast -O2 --bounds=explicit %s
;; RUN: %wast -O2 --verify-ir %s

(module
  (import "spectest" "print" (func $out))
  (memory (export "memory") 1 1)
  (global $shared (export "shared") (mut i32) (i32.const 0))
  (global $own (mut i32) (i32.const 0))
  (table (export "table") 2 funcref)
  (elem declare func $nothing)
  (func $nothing)

  (func (export "own") (result i32) (global.get $own))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "word") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "is null") (param i32) (result i32) (ref.is_null (table.get (local.get 0))))

  ;; Sets n bytes at $a to 1 and at $b to 2.
  (func (export "a then b") (param $a i32) (param $b i32) (param $n i32) (local $i i32)
    (loop $next
      (i32.store8 (i32.add (local.get $a) (local.get $i)) (i32.const 1))
      (i32.store8 (i32.add (local.get $b) (local.get $i)) (i32.const 2))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
  (func (export "b then a") (param $a i32) (param $b i32) (param $n i32) (local $i i32)
    (loop $next
      (i32.store8 (i32.add (local.get $b) (local.get $i)) (i32.const 2))
      (i32.store8 (i32.add (local.get $a) (local.get $i)) (i32.const 1))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
  ;; Copies n words from $from to $to and sets as many at $a to 3.
  (func (export "copy") (param $from i32) (param $to i32) (param $a i32) (param $n i32)
    (loop $next
      (i32.store (local.get $a) (i32.const 3))
      (i32.store (local.get $to) (i32.load (local.get $from)))
      (local.set $a (i32.add (local.get $a) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; Some of the stores to $b are not made.
  (func (export "some") (param $a i32) (param $b i32) (param $n i32) (local $i i32)
    (loop $next
      (i32.store8 (i32.add (local.get $a) (local.get $i)) (i32.const 1))
      (if (i32.and (local.get $i) (i32.const 4))
        (then (i32.store8 (i32.add (local.get $b) (local.get $i)) (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))

  (func (export "shared before load") (param $p i32)
    (global.set $shared (i32.const 42))
    (drop (i32.load (local.get $p)))
    (global.set $shared (i32.const 43)))
  (func (export "shared before store") (param $p i32)
    (global.set $shared (i32.const 44))
    (i32.store (local.get $p) (i32.const 1))
    (global.set $shared (i32.const 45)))
  (func (export "shared in a loop") (param $p i32)
    (loop $next
      (global.set $shared (local.get $p))
      (drop (i32.load8_u (local.get $p)))
      (br_if $next (local.tee $p (i32.add (local.get $p) (i32.const 1))))))
  (func (export "table before load") (param $p i32)
    (table.set (i32.const 0) (ref.func $nothing))
    (drop (i32.load (local.get $p)))
    (table.set (i32.const 0) (ref.null func)))
  (func (export "before a loop") (param $p i32)
    (i32.store (i32.const 2048) (i32.const 7))
    (global.set $own (i32.const 7))
    (loop $next
      (drop (i32.load8_u (local.get $p)))
      (br_if $next (local.tee $p (i32.add (local.get $p) (i32.const 1)))))
    (global.set $own (i32.const 8))
    (i32.store (i32.const 2048) (i32.const 8)))
  (func (export "before a store in a loop") (param $p i32)
    (i32.store (i32.const 2056) (i32.const 7))
    (global.set $own (i32.const 9))
    (loop $next
      (i32.store8 (local.get $p) (i32.const 1))
      (br_if $next (local.tee $p (i32.add (local.get $p) (i32.const 4)))))
    (global.set $own (i32.const 10))
    (i32.store (i32.const 2056) (i32.const 8)))
  (func (export "before a call") (param $p i32)
    (i32.store (i32.const 2064) (i32.const 7))
    (global.set $own (i32.const 11))
    (call $out)
    (i32.store (local.get $p) (i32.const 1))
    (global.set $own (i32.const 12))
    (i32.store (i32.const 2064) (i32.const 8))))

(assert_trap (invoke "a then b" (i32.const 0) (i32.const 65529) (i32.const 100)) "out of bounds memory access")
(assert_return (invoke "byte" (i32.const 8)) (i32.const 0))
(assert_return (invoke "byte" (i32.const 31)) (i32.const 0))
(assert_trap (invoke "b then a" (i32.const 65529) (i32.const 100) (i32.const 100)) "out of bounds memory access")
(assert_return (invoke "byte" (i32.const 108)) (i32.const 0))
(assert_return (invoke "byte" (i32.const 131)) (i32.const 0))
(assert_trap (invoke "copy" (i32.const 300) (i32.const 65500) (i32.const 200) (i32.const 20)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 240)) (i32.const 0))
(assert_trap (invoke "copy" (i32.const 65500) (i32.const 400) (i32.const 500) (i32.const 20)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 540)) (i32.const 0))
(assert_trap (invoke "some" (i32.const 600) (i32.const 65521) (i32.const 100)) "out of bounds memory access")
(assert_return (invoke "byte" (i32.const 621)) (i32.const 0))
(assert_return (invoke "byte" (i32.const 631)) (i32.const 0))

(assert_trap (invoke "shared before load" (i32.const 65536)) "out of bounds memory access")
(assert_return (get "shared") (i32.const 42))
(assert_trap (invoke "shared before store" (i32.const 65536)) "out of bounds memory access")
(assert_return (get "shared") (i32.const 44))
(assert_trap (invoke "shared in a loop" (i32.const 65000)) "out of bounds memory access")
(assert_return (get "shared") (i32.const 65536))
(assert_trap (invoke "table before load" (i32.const 65536)) "out of bounds memory access")
(assert_return (invoke "is null" (i32.const 0)) (i32.const 0))
(assert_trap (invoke "before a loop" (i32.const 65000)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 2048)) (i32.const 7))
(assert_return (invoke "own") (i32.const 7))
(assert_trap (invoke "before a store in a loop" (i32.const 65000)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 2056)) (i32.const 7))
(assert_return (invoke "own") (i32.const 9))
(assert_trap (invoke "before a call" (i32.const 65536)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 2064)) (i32.const 7))
(assert_return (invoke "own") (i32.const 11))
