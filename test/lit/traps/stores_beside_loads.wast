;; Loads that trap beside stores to other places, and where parts of them would not.
;;
;; REQUIRES: x86_64
;; RUN: %wast -O0 %s
;; RUN: %wast -O1 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --cpu x86-64 %s
;; RUN: %wast -O2 --bounds=explicit %s
;; RUN: %wast -O2 --verify-ir %s

(module
  (memory 1 1)
  ;; The condition of two arms without effect.
  (func (export "for nothing") (param $x i32) (param $y i32) (result i32)
    (i32.store (local.get $y) (i32.const 1))
    (if (i32.load (local.get $x)) (then) (else (drop (i32.load (local.get $y)))))
    (i32.const 0))
  (func (export "for the same") (param $x i32) (param $y i32) (result i32)
    (i32.store16 (local.get $y) (i32.const 5))
    (if (result i32) (i32.load8_u (local.get $x))
      (then (i32.load16_u (local.get $y)))
      (else (i32.const 5))))
  ;; The upper bytes of an access that begins before the memory.
  (func (export "upper byte") (param $i i32) (param $n i32) (result i32) (local $sum i32) (local $c i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum)
        (i32.shr_u (i32.load (i32.sub (local.get $i) (i32.const 2))) (i32.const 24))))
      (i32.store (local.get $i) (local.get $c))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const 1))) (local.get $n))))
    (local.get $sum))
  (func (export "upper half, down") (param $i i32) (param $n i32) (result i64) (local $sum i64)
    (loop $next
      (local.set $sum (i64.add (local.get $sum)
        (i64.shr_u (i64.load (local.get $i)) (i64.const 32))))
      (local.set $i (i32.sub (local.get $i) (i32.const 8)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  ;; Over the end by less than an element.
  (func (export "lower byte") (param $i i32) (param $n i32) (result i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.and (i32.load (local.get $i)) (i32.const 255))))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  ;; A pointer that steps over its end goes on to the end of the memory.
  (func (export "to the end") (param $p i32) (param $end i32) (result i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $p))))
      (br_if $next (i32.ne (local.tee $p (i32.add (local.get $p) (i32.const 12))) (local.get $end))))
    (local.get $sum)))

(assert_trap (invoke "for nothing" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "for nothing" (i32.const 0) (i32.const 65536)) "out of bounds memory access")
(assert_return (invoke "for nothing" (i32.const 0) (i32.const 0)) (i32.const 0))
(assert_trap (invoke "for the same" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "upper byte" (i32.const 0) (i32.const 10)) "out of bounds memory access")
(assert_return (invoke "upper byte" (i32.const 4) (i32.const 10)) (i32.const 0))
(assert_trap (invoke "upper half, down" (i32.const 20) (i32.const 4)) "out of bounds memory access")
(assert_return (invoke "upper half, down" (i32.const 1016) (i32.const 3)) (i64.const 0))
(assert_trap (invoke "lower byte" (i32.const 65529) (i32.const 2)) "out of bounds memory access")
(assert_return (invoke "lower byte" (i32.const 65528) (i32.const 2)) (i32.const 0))
(assert_trap (invoke "to the end" (i32.const 60000) (i32.const 60001)) "out of bounds memory access")
(assert_return (invoke "to the end" (i32.const 60000) (i32.const 60048)) (i32.const 0))
