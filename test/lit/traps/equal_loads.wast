;; Two loads of one address between which there is a store, and which cancel each other once a loop
;; has been versioned for when the store is elsewhere.
;;
;; REQUIRES: x86_64
;; RUN: %wast -O1 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O2 --disable-pass licm-loop-versioning %s
;; RUN: %wast -O3 --cpu x86-64 %s

(module
  (memory 1 1)
  (func (export "xor") (param $a i32) (local $x i32) (local $j i32)
    (loop $l
      (local.set $x (i32.load (local.get $a)))
      (i32.store (local.get $j) (local.get $j))
      (i32.store offset=4096 (local.get $j)
        (i32.xor (local.get $x) (i32.load (local.get $a))))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024)))))
  (func (export "products") (param $a i32) (local $x i32) (local $j i32)
    (loop $l
      (local.set $x (i32.mul (i32.load (local.get $a)) (local.get $j)))
      (i32.store (local.get $j) (local.get $j))
      (i32.store offset=4096 (local.get $j)
        (i32.sub (local.get $x) (i32.mul (i32.load (local.get $a)) (local.get $j))))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024)))))
  (func (export "moving") (param $a i32) (local $x i32) (local $j i32)
    (loop $l
      (local.set $x (i32.load (i32.add (local.get $a) (local.get $j))))
      (i32.store (local.get $j) (local.get $j))
      (i32.store offset=4096 (local.get $j)
        (i32.xor (local.get $x) (i32.load (i32.add (local.get $a) (local.get $j)))))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024)))))
  (func (export "comparison") (param $a i32) (local $x i32) (local $j i32)
    (loop $l
      (local.set $x (i32.load (local.get $a)))
      (i32.store (local.get $j) (local.get $j))
      (i32.store offset=4096 (local.get $j)
        (i32.eq (local.get $x) (i32.load (local.get $a))))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024)))))
  (func (export "condition") (param $a i32) (local $x i32) (local $j i32)
    (loop $l
      (local.set $x (i32.load (local.get $a)))
      (i32.store (local.get $j) (local.get $j))
      (i32.store offset=4096 (local.get $j)
        (if (result i32) (i32.eqz (i32.load (local.get $a)))
          (then (local.get $x)) (else (i32.const 0))))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024)))))
  (func (export "accumulator") (param $a i32) (result i32) (local $sum i32) (local $j i32)
    (loop $l
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $a))))
      (i32.store (local.get $j) (local.get $j))
      (local.set $sum (i32.sub (local.get $sum) (i32.load (local.get $a))))
      (i32.store offset=4096 (local.get $j) (local.get $j))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024))))
    (local.get $sum))
  (func (export "addresses") (param $a i32) (local $x i32) (local $j i32)
    (loop $l
      (local.set $x (i32.load16_u (i32.load8_u (local.get $a))))
      (i32.store offset=512 (local.get $j) (local.get $j))
      (i32.store offset=4096 (local.get $j)
        (i32.xor (local.get $x) (i32.load16_u (i32.load8_u (local.get $a)))))
      (local.set $j (i32.add (local.get $j) (i32.const 4)))
      (br_if $l (i32.lt_u (local.get $j) (i32.const 1024))))))

(assert_trap (invoke "xor" (i32.const 65533)) "out of bounds memory access")
(assert_trap (invoke "xor" (i32.const -4)) "out of bounds memory access")
(assert_trap (invoke "products" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "moving" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "moving" (i32.const 65000)) "out of bounds memory access")
(assert_trap (invoke "comparison" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "condition" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "accumulator" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "addresses" (i32.const 65536)) "out of bounds memory access")
(assert_return (invoke "xor" (i32.const 65532)))
(assert_return (invoke "accumulator" (i32.const 65532)) (i32.const 0))
(assert_return (invoke "condition" (i32.const 65532)))
