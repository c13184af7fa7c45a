;; Loads out of bounds in functions whose callers ignore the result, and as arguments that callees
;; ignore, whether or not they are inlined.
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
  (global $g (mut i32) (i32.const 0))
  (table funcref (elem $ignore))
  (func $read (param i32) (result i32) (i32.load (local.get 0)))
  (func $read2 (param i32) (result i32 i32) (i32.load (local.get 0)) (i32.load offset=4 (i32.const 0)))
  (func $ignore (param i32))
  (func $mask (param i32 i32) (result i32) (i32.and (local.get 0) (local.get 1)))
  (func $times (param f64 f64) (result f64) (f64.mul (local.get 0) (local.get 1)))
  (func $choose (param i32 i32) (result i32)
    (if (result i32) (local.get 1) (then (local.get 0)) (else (i32.const 1))))
  ;; Too long to be inlined, or recursive.
  (func $long (param i32 i32) (result i32)
    (loop $l
      (i32.store offset=64 (i32.and (local.get 1) (i32.const 255)) (local.get 1))
      (i32.store offset=65 (i32.and (local.get 1) (i32.const 127)) (local.get 1))
      (i32.store offset=66 (i32.and (local.get 1) (i32.const 63)) (local.get 1))
      (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
    (i32.const 3))
  (func $long_read (param i32 i32) (result i32)
    (drop (call $long (local.get 0) (local.get 1)))
    (i32.load (local.get 0)))
  (func $deep (param i32 i32) (result i32)
    (if (result i32) (local.get 1)
      (then (call $deep (local.get 0) (i32.sub (local.get 1) (i32.const 1))))
      (else (i32.load (local.get 0)))))
  (func $pure (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
  (func (export "ignored result") (param i32) (drop (call $read (local.get 0))))
  (func (export "ignored results") (param i32) (drop (call $read2 (local.get 0))) drop)
  (func (export "ignored argument") (param i32) (call $ignore (i32.load (local.get 0))))
  (func (export "ignored argument of a table's") (param i32)
    (call_indirect (param i32) (i32.load (local.get 0)) (i32.const 0)))
  (func (export "masked by zero") (param i32) (result i32)
    (call $mask (i32.load (local.get 0)) (i32.const 0)))
  (func (export "times nan") (param i32) (result f64)
    (call $times (f64.load (local.get 0)) (f64.const nan)))
  (func (export "not chosen") (param i32) (result i32)
    (call $choose (i32.load (local.get 0)) (i32.const 0)))
  (func (export "ignored far away") (param i32) (result i32)
    (call $long (i32.load (local.get 0)) (i32.const 9)))
  (func (export "ignored result from far away") (param i32)
    (drop (call $long_read (local.get 0) (i32.const 9))))
  (func (export "ignored result from the depth") (param i32)
    (drop (call $deep (local.get 0) (i32.const 9))))
  (func (export "of a pure function") (param i32) (drop (call $pure (i32.load (local.get 0)))))
  (func (export "twice") (param i32) (result i32)
    (i32.sub (call $read (local.get 0)) (call $read (local.get 0))))
  (func (export "a read for an argument") (param i32)
    (call $ignore (call $read (call $mask (local.get 0) (i32.const -1))))))
(assert_trap (invoke "ignored result" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "ignored results" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "ignored argument" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "ignored argument of a table's" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "masked by zero" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "times nan" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "not chosen" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "ignored far away" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "ignored result from far away" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "ignored result from the depth" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "of a pure function" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "twice" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "a read for an argument" (i32.const 65536)) "out of bounds memory access")
