;; The fuel that calls consume is the same at each level, with either kind of bounds checks,
;; and with --exact-traps. All of it suffices, and half of it does not where that is much. The
;; numbers are those of wasmtime 50, which has no legacy exceptions.
;;
;; RUN: rm -rf %t && mkdir %t
;; RUN: %python %S/Inputs/fuel_counts.py %wasm2obj %wasmrun %s %t
;;
;; COUNT straight 5 = 6
;; COUNT free = 4
;; COUNT do_while 1000 = 12002
;; COUNT while 1001 = 16021
;; COUNT nested 10 = 677
;; COUNT fibonacci 15 = 19726
;; COUNT even 100 = 905
;; COUNT tail 100 = 17
;; COUNT table 0 = 10
;; COUNT table 1 = 99
;; COUNT reference 1 = 10
;; COUNT switch 0 = 4
;; COUNT switch 1 = 6
;; COUNT switch 7 = 8
;; COUNT catch 10 = 13
;; COUNT catch 1 = 10
;; COUNT catch_in_loop 100 = 1926
;; COUNT legacy 10 = 13
;; COUNT legacy 1 = 10
;; COUNT fill 10 = 16
;; COUNT fill 64 = 70
;; COUNT fill 65000 = 65006
;; COUNT fill_constant = 65542
;; COUNT copy 6400 = 6406
;; COUNT init 128 = 134
;; COUNT table_fill 16 = 22
;; COUNT array 800 = 812
;; COUNT host 5 = 72
;; COUNT vectorized 1000 = 18002
;; COUNT conditional 1000 = 17002
;; COUNT search 300 = 3308
;; COUNT simd 100 = 1203
;; COUNT leaves 50 = 1402
;; COUNT infinite = out
;; COUNT recursion 1 = out
;; COUNT tail_recursion 1 = out
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (type $unary (func (param i32) (result i32)))
  (type $bytes (array (mut i8)))
  (memory (export "memory") 2)
  (data $data "0123456789")
  (data $zeros "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
  (table $t 20 funcref)
  (elem (table $t) (i32.const 0) func $straight $even)
  (tag $e (param i32))

  (func $straight (export "straight") (param i32) (result i32)
    (i32.mul (i32.add (local.get 0) (i32.const 1)) (i32.const 3)))
  (func (export "free") (result i32)
    nop
    (block (nop) (block (br 0)))
    (drop (i32.const 1))
    (return (block (result i32) (i32.const 2))))

  (func (export "do_while") (param i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (i32.load (i32.and (local.get 0) (i32.const 0xfffc)))))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $s))
  (func (export "while") (param i32) (result i32) (local $s i32)
    (block $e
      (loop $l
        (br_if $e (i32.eqz (local.get 0)))
        (if (i32.and (local.get 0) (i32.const 1))
          (then (local.set $s (i32.mul (local.get $s) (i32.const 3))))
          (else (local.set $s (i32.add (local.get $s) (i32.const 7)))))
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br $l)))
    (local.get $s))
  (func (export "nested") (param i32) (result i32) (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (local.get 0))
      (loop $inner
        (local.set $s (i32.add (i32.rotl (local.get $s) (i32.const 1)) (local.get $i)))
        (br_if $inner (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (br_if $outer (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $s))

  (func $fibonacci (export "fibonacci") (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (i32.const 1))
      (else
        (i32.add (call $fibonacci (i32.sub (local.get 0) (i32.const 1)))
                 (call $fibonacci (i32.sub (local.get 0) (i32.const 2)))))))
  (func $even (export "even") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
    (i32.eqz (call $even (i32.sub (local.get 0) (i32.const 1)))))
  (func $tail (export "tail") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
    (if (i32.and (local.get 0) (i32.const 1))
      (then (return_call $tail (i32.sub (local.get 0) (i32.const 1)))))
    (return_call_indirect (type $unary) (i32.const 0) (i32.const 0)))
  (func (export "table") (param i32) (result i32)
    (call_indirect $t (type $unary) (i32.const 10) (local.get 0)))
  (func (export "reference") (param i32) (result i32)
    (call_ref $unary (local.get 0) (ref.func $straight)))
  (func (export "switch") (param i32) (result i32)
    (block $other (block $one (block $zero
      (br_table $zero $one $other (local.get 0)))
      (return (i32.const 10)))
      (return (i32.add (i32.const 20) (i32.const 1))))
    (i32.add (i32.add (i32.const 30) (i32.const 1)) (i32.const 2)))

  (func $throw (param i32)
    (if (i32.gt_u (local.get 0) (i32.const 5)) (then (throw $e (local.get 0)))))
  (func (export "catch") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $e $caught) (call $throw (local.get 0)))
      (return (i32.const -1)))
    (i32.add (i32.const 1)))
  (func (export "catch_in_loop") (param i32) (result i32) (local $s i32)
    (loop $l
      (block $caught (result i32)
        (try_table (catch $e $caught)
          (call $throw (i32.and (local.get 0) (i32.const 7))))
        (i32.const 1))
      (local.set $s (i32.add (local.get $s)))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $s))
  (func (export "legacy") (param i32) (result i32)
    (try (result i32)
      (do (call $throw (local.get 0)) (i32.const -1))
      (catch $e (i32.add (i32.const 1)))))

  (func (export "fill") (param i32) (result i32)
    (memory.fill (i32.const 0) (i32.const 1) (local.get 0)) (i32.const 0))
  (func (export "fill_constant") (result i32)
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (i32.const 0))
  (func (export "copy") (param i32) (result i32)
    (memory.copy (i32.const 1) (i32.const 0) (local.get 0)) (i32.const 0))
  (func (export "init") (param i32) (result i32)
    (memory.init $zeros (i32.const 1) (i32.const 0) (local.get 0)) (i32.const 0))
  (func (export "table_fill") (param i32) (result i32)
    (table.fill $t (i32.const 0) (ref.func $even) (local.get 0)) (i32.const 0))
  (func (export "array") (param i32) (result i32)
    (array.len (array.new_default $bytes (local.get 0))) (drop (call $straight (i32.const 1))))

  (func (export "host") (param i32) (result i32)
    (loop $l
      (drop (call $yield))
      (drop (call $straight (local.get 0)))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (i32.const 0))

  ;; Loops that LLVM vectorizes.
  (func (export "vectorized") (param $n i32) (result i32) (local $i i32)
    (loop $l
      (i32.store offset=65536 (i32.shl (local.get $i) (i32.const 2))
        (i32.add (i32.load (i32.shl (local.get $i) (i32.const 2))) (i32.const 5)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
    (i32.const 0))
  (func (export "conditional") (param $n i32) (result i32) (local $i i32) (local $s i32)
    (loop $l
      (if (i32.and (local.get $i) (i32.const 1))
        (then (local.set $s (i32.xor (i32.add (local.get $s) (local.get $i)) (i32.const 9))))
        (else (local.set $s (i32.add (local.get $s) (i32.const 3)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $s))
  (func (export "search") (param $n i32) (result i32) (local $i i32)
    (i32.store8 (local.get $n) (i32.const 1))
    (loop $l
      (if (i32.load8_u (local.get $i)) (then (return (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (i32.const 60000))))
    (i32.const 0))
  (func (export "simd") (param $n i32) (result i32) (local $s v128)
    (loop $l
      (local.set $s
        (i32x4.add (local.get $s) (v128.load (i32.shl (local.get $n) (i32.const 4)))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32x4.extract_lane 0 (local.get $s)))
  (func $leaf (param i32) (result i32) (i32.load (i32.shl (local.get 0) (i32.const 2))))
  (func $caller (param i32) (result i32)
    (i32.add (call $leaf (local.get 0)) (call $leaf (i32.add (local.get 0) (i32.const 1)))))
  (func (export "leaves") (param $n i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $caller (local.get $n))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s))

  (func (export "infinite") (loop $l (br $l)))
  (func $recursion (export "recursion") (param i32) (result i32)
    (i32.add (call $recursion (local.get 0)) (i32.const 1)))
  (func $tail_recursion (export "tail_recursion") (param i32)
    (return_call $tail_recursion (local.get 0))))
