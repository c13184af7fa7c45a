;; Tail calls that the official tests do not cover: among operands and blocks, with many arguments
;; and results, between instances, and deep.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O2 --bounds=explicit %s

;; Operands that lie below the arguments, and blocks that are open, are left behind.
(module
  (func $add (param i32 i32) (result i32)
    (if (i32.eqz (local.get 1)) (then (return (local.get 0))))
    (return_call $add (i32.add (local.get 0) (i32.const 1)) (i32.sub (local.get 1) (i32.const 1))))
  (func (export "operands") (param i32) (result i32)
    (i32.const 100) (f64.const 1) (i64.const 2)
    (return_call $add (local.get 0) (i32.const 7)))
  (func (export "loop") (param i32) (result i32)
    (local $i i32)
    (loop $more (result i32)
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $more (i32.const 0) (i32.lt_u (local.get $i) (local.get 0)))
      (drop)
      (block (result i64)
        (f32.const 4)
        (local.get $i) (i32.const 2)
        (return_call $add))
      (drop)
      (i32.const -1)))
  (func (export "arms") (param i32) (result i32)
    (block $c (block $b (block $a
      (br_table $a $b $c (local.get 0)))
      (return_call $add (i32.const 10) (i32.const 1)))
      (return_call $add (i32.const 20) (i32.const 2)))
    (if (result i32) (i32.eq (local.get 0) (i32.const 2))
      (then (return_call $add (i32.const 30) (i32.const 3)))
      (else (i32.const 40))))
  ;; Code behind one is unreachable, whatever it opens.
  (func (export "dead") (result i32)
    (return_call $add (i32.const 1) (i32.const 1))
    (block (loop (if (i32.const 1) (then (br 1)) (else (br 2)))))
    (i32.const 5)))
(assert_return (invoke "operands" (i32.const 1)) (i32.const 8))
(assert_return (invoke "loop" (i32.const 3)) (i32.const 5))
(assert_return (invoke "arms" (i32.const 0)) (i32.const 11))
(assert_return (invoke "arms" (i32.const 1)) (i32.const 22))
(assert_return (invoke "arms" (i32.const 2)) (i32.const 33))
(assert_return (invoke "arms" (i32.const 3)) (i32.const 40))
(assert_return (invoke "dead") (i32.const 2))

;; More arguments than registers, of all types; the callee's are more than the caller's, or fewer.
(module
  (type $many (func
    (param i64 i32 i64 i64 i64 i32 i64 i64 i64 i64 f64 f32 f64 f64 f64 f64 f64 f64 f32 f64)
    (result i64 f64)))
  (type $few (func (param i64) (result i64 f64)))
  (func $many (type $many)
    (if (i64.eqz (local.get 0))
      (then (return
        (i64.add (i64.mul (local.get 9) (i64.const 1000))
          (i64.add (i64.mul (local.get 8) (i64.const 100))
            (i64.add (i64.mul (local.get 7) (i64.const 10)) (local.get 6))))
        (f64.add (f64.mul (local.get 19) (f64.const 100))
          (f64.add (f64.mul (f64.promote_f32 (local.get 18)) (f64.const 10)) (local.get 17))))))
    (return_call $few (local.get 0)))
  (func $few (type $few)
    (return_call $many (i64.sub (local.get 0) (i64.const 1))
      (i32.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i32.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8) (i64.const 9)
      (f64.const 1) (f32.const 2) (f64.const 3) (f64.const 4) (f64.const 5) (f64.const 6)
      (f64.const 7) (f64.const 8) (f32.const 9) (f64.const 5)))
  ;; Each argument in another place than it came in.
  (func $turn (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (if (i64.eqz (local.get 0)) (then (return (local.get 8))))
    (return_call $turn (i64.sub (local.get 0) (i64.const 1)) (local.get 8) (local.get 1)
      (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7)))
  (func (export "many") (param i64) (result i64 f64) (call $few (local.get 0)))
  (func (export "many again") (param i64) (result i64 f64) (return_call $few (local.get 0)))
  (func (export "turn") (param i64) (result i64)
    (return_call $turn (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
      (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8))))
(assert_return (invoke "many" (i64.const 10000000)) (i64.const 9876) (f64.const 598))
(assert_return (invoke "many again" (i64.const 1)) (i64.const 9876) (f64.const 598))
(assert_return (invoke "turn" (i64.const 0)) (i64.const 8))
(assert_return (invoke "turn" (i64.const 1)) (i64.const 7))
(assert_return (invoke "turn" (i64.const 10000002)) (i64.const 6))

;; Results that are returned in memory.
(module
  (type $three (func (param i32) (result i32 f32 i64)))
  (table funcref (elem $count $leaf))
  (func $leaf (type $three)
    (local.get 0) (f32.const 0.5) (i64.const 7))
  (func $count (type $three)
    (if (i32.eqz (local.get 0)) (then (return_call $leaf (i32.const 42))))
    (return_call $count (i32.sub (local.get 0) (i32.const 1))))
  (func (export "direct") (param i32) (result i32 f32 i64) (return_call $count (local.get 0)))
  (func (export "indirect") (param i32 i32) (result i32 f32 i64)
    (return_call_indirect (type $three) (local.get 0) (local.get 1)))
  ;; The results of the previous call must not be those of the next one.
  (func (export "between") (result i32 f32 i64)
    (call $leaf (i32.const 1))
    (drop) (drop) (drop)
    (return_call $leaf (i32.const 2)))
  (func (export "used") (result i64 f32 i32)
    (local i32 f32 i64)
    (call $count (i32.const 3))
    (local.set 2) (local.set 1) (local.set 0)
    (local.get 2) (local.get 1) (local.get 0)))
(assert_return (invoke "direct" (i32.const 1000000)) (i32.const 42) (f32.const 0.5) (i64.const 7))
(assert_return (invoke "indirect" (i32.const 5) (i32.const 0)) (i32.const 42) (f32.const 0.5) (i64.const 7))
(assert_return (invoke "indirect" (i32.const 5) (i32.const 1)) (i32.const 5) (f32.const 0.5) (i64.const 7))
(assert_return (invoke "between") (i32.const 2) (f32.const 0.5) (i64.const 7))
(assert_return (invoke "used") (i64.const 7) (f32.const 0.5) (i32.const 42))

;; By reference and through a table, deep; the callee may make tail calls itself or not.
(module
  (type $step (func (param i64 i64) (result i64)))
  (table $table (export "table") 3 3 (ref null $step))
  (elem (table $table) (i32.const 0) (ref null $step) (ref.func $by_index) (ref.func $by_reference))
  (elem declare func $leaf)
  (func $leaf (type $step) (local.get 1))
  (func $by_index (type $step)
    (if (i64.eqz (local.get 0))
      (then (return_call_ref $step (local.get 0) (local.get 1) (ref.func $leaf))))
    (return_call_indirect $table (type $step)
      (i64.sub (local.get 0) (i64.const 1)) (i64.add (local.get 1) (i64.const 1)) (i32.const 1)))
  (func $by_reference (type $step)
    (if (i64.eqz (local.get 0)) (then (return_call $leaf (local.get 0) (local.get 1))))
    (return_call_ref $step
      (i64.sub (local.get 0) (i64.const 1)) (i64.add (local.get 1) (i64.const 1))
      (table.get $table (i32.const 0))))
  (func (export "deep") (param i64) (result i64)
    (return_call $by_index (local.get 0) (i64.const 0)))
  (func (export "null") (result i64)
    (return_call_ref $step (i64.const 0) (i64.const 0) (table.get $table (i32.const 2))))
  (func (export "null element") (result i64)
    (return_call_indirect $table (type $step) (i64.const 0) (i64.const 0) (i32.const 2)))
  (func (export "beyond") (result i64)
    (return_call_indirect $table (type $step) (i64.const 0) (i64.const 0) (i32.const 3))))
(assert_return (invoke "deep" (i64.const 10000000)) (i64.const 10000000))
(assert_trap (invoke "null") "null function reference")
(assert_trap (invoke "null element") "uninitialized element")
(assert_trap (invoke "beyond") "undefined element")

;; Between instances and back: each uses its own globals, also the caller after the call.
(module $even
  (type $step (func (param i64) (result i64)))
  (table (export "table") 1 funcref)
  (global $steps (export "steps") (mut i64) (i64.const 0))
  (func $even (export "even") (type $step)
    (global.set $steps (i64.add (global.get $steps) (i64.const 1)))
    (if (i64.eqz (local.get 0)) (then (return (i64.const 1))))
    (return_call_indirect (type $step) (i64.sub (local.get 0) (i64.const 1)) (i32.const 0)))
  (func (export "start here") (param i64) (result i64 i64)
    (call $even (local.get 0))
    (global.get $steps)))
(register "even" $even)
(module $odd
  (type $step (func (param i64) (result i64)))
  (import "even" "table" (table 1 funcref))
  (import "even" "even" (func $even (type $step)))
  (global $steps (export "steps") (mut i64) (i64.const 0))
  (elem (i32.const 0) $odd)
  (func $odd (export "odd") (type $step)
    (global.set $steps (i64.add (global.get $steps) (i64.const 1)))
    (if (i64.eqz (local.get 0)) (then (return (i64.const 0))))
    (return_call $even (i64.sub (local.get 0) (i64.const 1))))
  (func (export "start here") (param i64) (result i64 i64)
    (call $even (local.get 0))
    (global.get $steps)))
(assert_return (invoke $even "start here" (i64.const 10000001)) (i64.const 0) (i64.const 5000001))
(assert_return (get $odd "steps") (i64.const 5000001))
(assert_return (invoke $odd "start here" (i64.const 10000000)) (i64.const 1) (i64.const 10000001))
(assert_return (invoke $odd "odd" (i64.const 3)) (i64.const 1))

;; To the host, and to an import that makes no tail calls.
(module $plain (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
(register "plain" $plain)
(module
  (import "spectest" "print_i32" (func $print (param i32)))
  (import "plain" "twice" (func $twice (param i32) (result i32)))
  (export "imported" (func $twice))
  (func (export "host") (param i32) (return_call $print (local.get 0)))
  (func (export "twice") (param i32) (result i32) (return_call $twice (local.get 0))))
(assert_return (invoke "host" (i32.const 1)))
(assert_return (invoke "twice" (i32.const 21)) (i32.const 42))
(assert_return (invoke "imported" (i32.const 21)) (i32.const 42))

;; In the start function.
(module
  (global $seen (export "seen") (mut i32) (i32.const 0))
  (func $set (param i32) (global.set $seen (local.get 0)))
  (func $start (return_call $set (i32.const 9)))
  (start $start))
(assert_return (get "seen") (i32.const 9))

;; What is not a tail call still takes stack, also where a tail call stands between two such calls.
(module
  (func $plain (export "plain") (call $tail (i32.const 0)))
  (func $tail (param i32)
    (if (local.get 0) (then (return_call $tail (i32.const 0))))
    (return_call $plain))
  (func $nest (export "nest") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return_call $again (i32.const 1))))
    (call $again (local.get 0)))
  (func $again (param i32) (result i32) (return_call $nest (local.get 0))))
(assert_exhaustion (invoke "plain") "call stack exhausted")
(assert_exhaustion (invoke "nest" (i32.const 0)) "call stack exhausted")

;; A trap at the end of a long chain.
(module
  (func $down (export "down") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.div_u (i32.const 1) (local.get 0)))))
    (return_call $down (i32.sub (local.get 0) (i32.const 1)))))
(assert_trap (invoke "down" (i32.const 1000000)) "integer divide by zero")

;; Unwinding where the argument area is not what the caller left.
(module
  (func $few (export "few") (param i64) (result i64)
    (return_call $many (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
      (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9)))
  (func $many (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (if (i64.eqz (local.get 0)) (then (return_call $few (i64.const 2))))
    (i64.mul (call $few (local.get 0)) (local.get 9))))
(assert_exhaustion (invoke "few" (i64.const 1)) "call stack exhausted")
