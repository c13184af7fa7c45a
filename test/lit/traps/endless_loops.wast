;; Stores in loops that may be endless, and are endless if the stores do not trap: behind the loop,
;; they would never trap. (A script that does not end is killed.)
;;
;; REQUIRES: x86_64
;; RUN: %wast -O0 --timeout 20 %s
;; RUN: %wast -O1 --timeout 20 %s
;; RUN: %wast -O2 --timeout 20 %s
;; RUN: %wast -O3 --timeout 20 --cpu x86-64 %s
;; RUN: %wast -O2 --timeout 20 --bounds=explicit %s
;; RUN: %wast -O2 --timeout 20 --verify-ir %s

(module
  (memory 1 1)
  (func $next (param i32) (result i32)
    (i32.add (i32.mul (local.get 0) (local.get 0)) (i32.const 3)))

  (func (export "store") (param i32 i32) (result i32)
    (loop $l
      (i32.store (local.get 0) (local.get 1))
      (br_if $l (i32.ne (i32.const 77) (local.tee 1 (call $next (local.get 1))))))
    (local.get 1))

  (func (export "add to memory") (param i32 i32) (result i32)
    (loop $l
      (i64.store (local.get 0)
        (i64.add (i64.load (local.get 0)) (i64.extend_i32_u (local.get 1))))
      (br_if $l (i32.ne (i32.const 77) (local.tee 1 (call $next (local.get 1))))))
    (i32.wrap_i64 (i64.load (local.get 0))))

  ;; The inner loop ends, the outer one does not.
  (func (export "nested") (param i32 i32) (result i32) (local i32)
    (loop $outer
      (local.set 2 (i32.const 3))
      (loop $inner
        (i32.store8 offset=1 (local.get 0) (local.get 1))
        (local.set 1 (call $next (local.get 1)))
        (br_if $inner (local.tee 2 (i32.sub (local.get 2) (i32.const 1)))))
      (br_if $outer (i32.ne (i32.const 77) (local.get 1))))
    (local.get 1))

  (func (export "second of two") (param i32 i32) (result i32)
    (loop $l
      (i32.store (i32.const 8) (local.get 1))
      (f64.store (local.get 0) (f64.convert_i32_s (local.get 1)))
      (br_if $l (i32.ne (i32.const 77) (local.tee 1 (call $next (local.get 1))))))
    (i32.load (i32.const 8))))

;; (((1² + 3)² + 3)...) is never 77.
(assert_trap (invoke "store" (i32.const 65533) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "add to memory" (i32.const 65529) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "nested" (i32.const 65535) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "second of two" (i32.const -8) (i32.const 1)) "out of bounds memory access")
