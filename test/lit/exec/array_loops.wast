;; Loops over arrays: with indices that are in bounds in all iterations or not, that fall and rise,
;; with arrays that may be null, and with the memory as it is at the trap.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --verify-ir %s
;; RUN: %wast -O2 --gc-stress %s

(module
  (type $numbers (array (mut i32)))
  (type $bytes (array (mut i8)))
  (global $a (mut (ref null $numbers)) (ref.null $numbers))
  (global $b (mut (ref null $numbers)) (ref.null $numbers))

  (func (export "make") (param $a i32) (param $b i32)
    (local $i i32)
    (global.set $a (array.new_default $numbers (local.get $a)))
    (global.set $b (array.new $numbers (i32.const 7) (local.get $b))))
  (func (export "forget") (global.set $b (ref.null $numbers)))

  ;; a[i] += b[i] + i for i in [0, n)
  (func (export "add") (param $n i32)
    (local $i i32) (local $x (ref null $numbers)) (local $y (ref null $numbers))
    (local.set $x (global.get $a))
    (local.set $y (global.get $b))
    (loop $l
      (array.set $numbers (local.get $x) (local.get $i)
        (i32.add (array.get $numbers (local.get $x) (local.get $i))
          (i32.add (array.get $numbers (local.get $y) (local.get $i)) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_s (local.get $i) (local.get $n)))))

  ;; a[i + from] = i for i in [0, n)
  (func (export "from") (param $from i32) (param $n i32)
    (local $i i32) (local $x (ref null $numbers))
    (local.set $x (global.get $a))
    (loop $l
      (array.set $numbers (local.get $x) (i32.add (local.get $i) (local.get $from)) (local.get $i))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (local.get $n)))))

  ;; a[i] = i from i = first down to last, in steps of 3
  (func (export "down") (param $first i32) (param $last i32)
    (local $i i32) (local $x (ref null $numbers))
    (local.set $x (global.get $a))
    (local.set $i (local.get $first))
    (loop $l
      (array.set $numbers (local.get $x) (local.get $i) (local.get $i))
      (local.set $i (i32.sub (local.get $i) (i32.const 3)))
      (br_if $l (i32.ge_s (local.get $i) (local.get $last)))))

  ;; a[2 * i] = a[2 * i + 1] = b[i] for i in [0, n), checked before the loop body
  (func (export "pairs") (param $n i32)
    (local $i i32) (local $x (ref null $numbers)) (local $y (ref null $numbers))
    (local.set $x (global.get $a))
    (local.set $y (global.get $b))
    (block $end
      (loop $l
        (br_if $end (i32.ge_u (local.get $i) (local.get $n)))
        (array.set $numbers (local.get $x) (i32.shl (local.get $i) (i32.const 1))
          (array.get $numbers (local.get $y) (local.get $i)))
        (array.set $numbers (local.get $x) (i32.or (i32.shl (local.get $i) (i32.const 1)) (i32.const 1))
          (array.get $numbers (local.get $y) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $l))))

  ;; A sum of a that ends at the first element that is not below the limit.
  (func (export "sum") (param $n i32) (param $limit i32) (result i32)
    (local $i i32) (local $sum i32) (local $x (ref null $numbers))
    (local.set $x (global.get $a))
    (block $end
      (loop $l
        (local.set $sum (i32.add (local.get $sum) (array.get $numbers (local.get $x) (local.get $i))))
        (br_if $end (i32.ge_s (local.get $sum) (local.get $limit)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $l (i32.ne (local.get $i) (local.get $n)))))
    (local.get $sum))

  (func (export "hash") (result i32)
    (local $i i32) (local $hash i32)
    (loop $l
      (local.set $hash (i32.add (i32.mul (local.get $hash) (i32.const 31))
        (array.get $numbers (global.get $a) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (array.len (global.get $a)))))
    (local.get $hash)))

(invoke "make" (i32.const 100) (i32.const 90))
(invoke "add" (i32.const 90))
(assert_return (invoke "hash") (i32.const 182829901))
(assert_trap (invoke "add" (i32.const 91)) "out of bounds array access")
(assert_return (invoke "hash") (i32.const 365659802))
(invoke "add" (i32.const 0))
(assert_return (invoke "hash") (i32.const 564447539))
(invoke "forget")
(assert_trap (invoke "add" (i32.const 20)) "null array reference")
(assert_return (invoke "sum" (i32.const 100) (i32.const 0x7fffffff)) (i32.const 9277))
(assert_return (invoke "sum" (i32.const 1000) (i32.const 50)) (i32.const 55))
(assert_trap (invoke "sum" (i32.const 101) (i32.const 0x7fffffff)) "out of bounds array access")
(assert_trap (invoke "sum" (i32.const 0) (i32.const 0x7fffffff)) "out of bounds array access")

(invoke "make" (i32.const 64) (i32.const 32))
(invoke "from" (i32.const 60) (i32.const 4))
(assert_trap (invoke "from" (i32.const 61) (i32.const 4)) "out of bounds array access")
(assert_trap (invoke "from" (i32.const -1) (i32.const 40)) "out of bounds array access")
(assert_trap (invoke "from" (i32.const 0) (i32.const -1)) "out of bounds array access")
(invoke "from" (i32.const 5) (i32.const 50))
(assert_return (invoke "hash") (i32.const -38577216))
(invoke "down" (i32.const 63) (i32.const 2))
(assert_return (invoke "hash") (i32.const -44507045))
(assert_trap (invoke "down" (i32.const 63) (i32.const -3)) "out of bounds array access")
(assert_trap (invoke "down" (i32.const 64) (i32.const 2)) "out of bounds array access")
(assert_trap (invoke "down" (i32.const -1) (i32.const -9)) "out of bounds array access")
(invoke "pairs" (i32.const 32))
(assert_return (invoke "hash") (i32.const -1986290688))
(assert_trap (invoke "pairs" (i32.const 33)) "out of bounds array access")
(invoke "pairs" (i32.const 0))
(invoke "make" (i32.const 63) (i32.const 32))
(assert_trap (invoke "pairs" (i32.const 32)) "out of bounds array access")
(assert_return (invoke "hash") (i32.const 351568103))
