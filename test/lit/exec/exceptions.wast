;; Exceptions across functions, inlined ones, instances, tail calls and loops. What a handler sees of
;; locals, and the result of a call whose normal destination is also reached by other ways.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 %s
;; RUN: %wast -O2 --bounds=explicit --gc-stress --verify-ir %s

(module $thrower
  (memory 1)
  (tag $number (export "number") (param i32))
  (tag $pair (export "pair") (param i64 f64))
  (func (export "throw") (param i32) (throw $number (local.get 0)))
  (func (export "throwPair") (param i64 f64) (throw $pair (local.get 0) (local.get 1)))
  (func $count (export "depth") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (throw $number (i32.const 42))))
    (i32.add (call $count (i32.sub (local.get 0) (i32.const 1))) (i32.const 1))))
(register "thrower" $thrower)

(module
  (import "thrower" "number" (tag $number (param i32)))
  (import "thrower" "pair" (tag $pair (param i64 f64)))
  (import "thrower" "throw" (func $throw (param i32)))
  (import "thrower" "throwPair" (func $throwPair (param i64 f64)))
  (import "thrower" "depth" (func $depth (param i32) (result i32)))
  (tag $own (param i32))
  (memory 1)
  (table 2 funcref)
  (elem (i32.const 0) $throw $nothing)
  (func $nothing (param i32))

  ;; The memory of this instance is accessed after an exception of the other one.
  (func (export "memoryAfter") (param i32) (result i32)
    (i32.store (i32.const 8) (i32.const 7))
    (block $h (result i32)
      (try_table (result i32) (catch $number $h)
        (call_indirect (param i32) (local.get 0) (i32.const 0)) (i32.const 0)))
    (i32.add (i32.load (i32.const 8))))

  (func (export "deep") (param i32) (result i32)
    (block $h (result i32)
      (try_table (result i32) (catch $number $h) (call $depth (local.get 0)))))

  (func (export "pair") (param i64 f64) (result i64 f64)
    (block $h (result i64 f64)
      (try_table (catch $pair $h)
        (call $throwPair (local.get 0) (local.get 1)))
      (unreachable)))

  ;; A local is set before and after the call that throws.
  (func (export "locals") (param i32) (result i32) (local $l i32)
    (local.set $l (i32.const 1))
    (block $h
      (try_table (catch_all $h)
        (local.set $l (i32.const 2))
        (call $throw (local.get 0))
        (local.set $l (i32.const 3))))
    (local.get $l))

  ;; The innermost handler that fits catches; what it throws goes to the next.
  (func (export "nested") (param i32) (result i32)
    (block $outer (result i32)
      (try_table (result i32) (catch $number $outer)
        (block $inner (result exnref)
          (try_table (result exnref) (catch $own 1) (catch_all_ref $inner)
            (call $throw (local.get 0)) (ref.null exn)))
        (throw_ref))))

  ;; The results of a call are used as addresses, where the code behind it has other predecessors.
  (func $sometimes (param i32) (result i32)
    (if (i32.and (local.get 0) (i32.const 1)) (then (throw $own (local.get 0))))
    (i32.load (i32.mul (local.get 0) (i32.const 4))))
  (func (export "loop") (param $n i32) (result i32) (local $sum i32) (local $at i32)
    (i32.store (i32.const 8) (i32.const 0))
    (loop $l
      (local.set $at
        (block $h (result i32)
          (try_table (result i32) (catch $own $h) (call $sometimes (local.get $n)))))
      (local.set $sum (i32.add (local.get $sum)
        (i32.add (i32.load (local.get $at)) (i32.load (i32.add (local.get $at) (i32.const 4))))))
      (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  ;; A tail call leaves the handler before the callee runs.
  (func $tail (param i32) (return_call $throw (local.get 0)))
  (func (export "tailCall") (param i32)
    (block $h (try_table (catch_all $h) (return_call $tail (local.get 0)))))

  ;; A tail call to a function with many arguments moves the frame of the callee.
  (type $many (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)))
  (func $throwSum (type $many)
    (throw $own (i32.wrap_i64 (i64.add (local.get 0) (local.get 15)))))
  (func $moves (param i64)
    (return_call $throwSum (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
      (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10)
      (i64.const 11) (i64.const 12) (i64.const 13) (i64.const 14) (i64.const 15)))
  (func $catchMoved (param i64) (result i32)
    (block $h (result i32)
      (try_table (catch $own $h) (call $moves (local.get 0)))
      (i32.const -1)))
  (func (export "moved") (param $n i32) (result i32) (local $sum i32) (local $x i32)
    (loop $l
      (local.set $x (i32.mul (local.get $n) (i32.const 3)))
      (local.set $sum (i32.add (local.get $sum)
        (i32.add (call $catchMoved (i64.extend_i32_u (local.get $n))) (local.get $x))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "uncaught") (param i32) (throw $own (local.get 0))))

(assert_return (invoke "memoryAfter" (i32.const 5)) (i32.const 12))
(assert_return (invoke "deep" (i32.const 1000)) (i32.const 42))
(assert_return (invoke "pair" (i64.const -3) (f64.const 2.5)) (i64.const -3) (f64.const 2.5))
(assert_return (invoke "locals" (i32.const 0)) (i32.const 2))
(assert_return (invoke "nested" (i32.const 9)) (i32.const 9))
(assert_return (invoke "loop" (i32.const 100)) (i32.const 100))
(assert_return (invoke "moved" (i32.const 10)) (i32.const 370))
(assert_exception (invoke "tailCall" (i32.const 1)))
(assert_exception (invoke "uncaught" (i32.const 1)))
(assert_return (invoke "deep" (i32.const 0)) (i32.const 42))
