;; Loads that run out of bounds in loops, where few or none of the values are used.
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
  (func (export "no value") (param i32) (local i32)
    (local.set 1 (i32.const 1000))
    (loop $l (drop (i32.load (i32.mul (local.get 1) (local.get 0))))
      (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))))
  (func (export "the last value") (param i32) (result i32) (local i32 i32)
    (local.set 1 (i32.const 1000))
    (loop $l (local.set 2 (i32.load (i32.mul (local.get 1) (local.get 0))))
      (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
    (local.get 2))
  (func (export "the last value in a global") (param i32) (local i32)
    (local.set 1 (i32.const 1000))
    (loop $l (global.set $g (i32.load (i32.mul (local.get 1) (local.get 0))))
      (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))))
  (func (export "the last value in one place") (param i32) (local i32)
    (local.set 1 (i32.const 1000))
    (loop $l (i32.store (i32.const 8) (i32.load (i32.mul (local.get 1) (local.get 0))))
      (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))))
  (func (export "a sum for nobody") (param i32) (local i32 i32)
    (loop $l
      (local.set 2 (i32.add (local.get 2) (i32.load (local.get 1))))
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if $l (i32.lt_u (local.get 1) (i32.const 1000000)))))
  (func (export "a sum times zero") (param i32) (result i32) (local i32 i32)
    (loop $l
      (local.set 2 (i32.add (local.get 2) (i32.load (local.get 1))))
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if $l (i32.lt_u (local.get 1) (i32.const 1000000))))
    (i32.and (local.get 2) (i32.const 0)))
  (func (export "a sum without end") (param i32) (local i32 i32)
    (loop $l
      (local.set 2 (i32.add (local.get 2) (i32.load (local.get 1))))
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br $l)))
  (func (export "a sum upwards") (param i32) (result f64) (local i32 f64)
    (loop $l
      (local.set 2 (f64.add (local.get 2) (f64.load (local.get 1))))
      (local.set 1 (i32.add (local.get 1) (i32.const 8)))
      (br_if $l (i32.lt_u (local.get 1) (i32.const 65544))))
    (local.get 2))
  (func (export "a sum downwards") (param i32) (result i32) (local i32 i32)
    (local.set 1 (i32.const 4000))
    (loop $l
      (local.set 2 (i32.add (local.get 2) (i32.load (local.get 1))))
      (br_if $l (i32.ne (local.tee 1 (i32.sub (local.get 1) (i32.const 4))) (i32.const -8))))
    (local.get 2))
  (func (export "a copy") (param i32) (local i32)
    (loop $l
      (i32.store (local.get 1) (i32.load offset=65000 (local.get 1)))
      (br_if $l (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (i32.const 600)))))
  (func (export "bytes set") (param i32) (local i32)
    (local.set 1 (i32.const 65000))
    (loop $l
      (i32.store8 (local.get 1) (i32.const 7))
      (br_if $l (i32.le_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (local.get 0)))))
  (func (export "bytes set to the end of the addresses") (param i32) (local i32)
    (local.set 1 (i32.const 64000))
    (loop $l
      (i32.store8 (local.get 1) (i32.const 7))
      (br_if $l (local.tee 1 (i32.add (local.get 1) (i32.const 1))))))
  (func (export "every other value unused") (param i32) (local i32)
    (loop $l
      (if (i32.and (local.get 1) (i32.const 4))
        (then (i32.store (i32.const 16) (i32.load (i32.const 0))))
        (else (drop (i32.load offset=65100 (local.get 1)))))
      (br_if $l (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (i32.const 600)))))
  (func (export "string") (param i32) (result i32) (local i32)
    (memory.fill (i32.const 60000) (i32.const 1) (i32.const 5536))
    (local.set 1 (i32.const 60000))
    (loop $l
      (br_if $l (i32.load8_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))))))
    (local.get 1))
  (func (export "carried round") (param i32) (result i32) (local i32 i32 i32)
    (loop $l
      (local.set 3 (local.get 2))
      (local.set 2 (i32.load (local.get 1)))
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if $l (i32.lt_u (local.get 1) (i32.const 1000000))))
    (local.get 3)))
(assert_trap (invoke "no value" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "the last value" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "the last value in a global" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "the last value in one place" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "a sum for nobody" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "a sum times zero" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "a sum without end" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "a sum upwards" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "a sum downwards" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "a copy" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "bytes set" (i32.const 66000)) "out of bounds memory access")
(assert_trap (invoke "bytes set to the end of the addresses" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "every other value unused" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "string" (i32.const 1000)) "out of bounds memory access")
(assert_trap (invoke "carried round" (i32.const 1000)) "out of bounds memory access")
