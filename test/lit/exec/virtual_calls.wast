;; Calls through fields of structs: of functions that the module's constants store there, of others,
;; of functions of another instance, and of null.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --verify-ir --gc-stress %s
;; RUN: %wasm2obj -O2 --emit=llvm-ir %S/Inputs/virtual_call.wat -o - | FileCheck %s

;; Both functions that the constants store are inlined; a third call is for all others.
;; CHECK-LABEL: define {{.*}} @wasm.call(
;; CHECK-NOT: call fastcc i32 @wasm.
;; CHECK: icmp eq ptr
;; CHECK: icmp eq ptr
;; CHECK: call fastcc i32 %
;; CHECK-NOT: call fastcc i32
;; CHECK: }

(module $a
  (rec
    (type $method (func (param (ref $object)) (param i32) (result i32)))
    (type $three (func (param (ref $object)) (result i32 i64 f64)))
    (type $table (sub (struct (field $f (ref null $method)) (field $g (ref null $three)))))
    (type $object (sub (struct (field $table (ref $table)) (field $x i32)))))
  (tag $odd (param i32))
  (global $first (ref $table) (struct.new $table (ref.func $add) (ref.func $three)))
  (global $second (ref $table) (struct.new $table (ref.func $mul) (ref.null $three)))
  (elem declare func $sub)
  (func $add (type $method)
    (i32.add (local.get 1) (struct.get $object $x (local.get 0))))
  (func $mul (type $method)
    (if (i32.and (local.get 1) (i32.const 1)) (then (throw $odd (local.get 1))))
    (i32.mul (local.get 1) (struct.get $object $x (local.get 0))))
  (func $sub (type $method)
    (i32.sub (local.get 1) (struct.get $object $x (local.get 0))))
  (func $three (type $three)
    (struct.get $object $x (local.get 0)) (i64.const 2) (f64.const 3))

  (func $call (export "call") (param $o (ref $object)) (param i32) (result i32)
    (call_ref $method (local.get $o) (local.get 1)
      (struct.get $table $f (struct.get $object $table (local.get $o)))))
  (func (export "call_three") (param $o (ref $object)) (result i32 i64 f64)
    (call_ref $three (local.get $o)
      (struct.get $table $g (struct.get $object $table (local.get $o)))))
  (func (export "caught") (param $o (ref $object)) (param i32) (result i32)
    (block $odd (result i32)
      (try_table (catch $odd $odd)
        (call_ref $method (local.get $o) (local.get 1)
          (struct.get $table $f (struct.get $object $table (local.get $o))))
        (return))
      (unreachable))
    (i32.add (i32.const 1000)))

  (func $new (param $which i32) (result (ref $object))
    (if (i32.eq (local.get $which) (i32.const 0))
      (then (return (struct.new $object (global.get $first) (i32.const 10)))))
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (return (struct.new $object (global.get $second) (i32.const 20)))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (struct.new $object
        (struct.new $table (ref.func $sub) (ref.null $three)) (i32.const 30)))))
    (struct.new $object (struct.new $table (ref.null $method) (ref.null $three)) (i32.const 40)))
  (func (export "run") (param i32 i32) (result i32)
    (call $call (call $new (local.get 0)) (local.get 1)))
  (func (export "run_caught") (param i32 i32) (result i32)
    (block $odd (result i32)
      (try_table (catch $odd $odd)
        (call $call (call $new (local.get 0)) (local.get 1))
        (return))
      (unreachable)))
  (func (export "sum") (param i32) (result i32)
    (local $o (ref $object))
    (local.set $o (call $new (local.get 0)))
    (call_ref $three (local.get $o)
      (struct.get $table $g (struct.get $object $table (local.get $o))))
    (drop) (i32.wrap_i64) (i32.add)))

(assert_return (invoke "run" (i32.const 0) (i32.const 5)) (i32.const 15))
(assert_return (invoke "run" (i32.const 1) (i32.const 6)) (i32.const 120))
(assert_return (invoke "run" (i32.const 2) (i32.const 7)) (i32.const -23))
(assert_trap (invoke "run" (i32.const 3) (i32.const 7)) "null function reference")
(assert_exception (invoke "run" (i32.const 1) (i32.const 7)))
(assert_return (invoke "run_caught" (i32.const 1) (i32.const 7)) (i32.const 7))
(assert_return (invoke "run_caught" (i32.const 0) (i32.const 7)) (i32.const 17))
(assert_return (invoke "sum" (i32.const 0)) (i32.const 12))
(assert_trap (invoke "sum" (i32.const 1)) "null function reference")
(register "a")

(module
  (rec
    (type $method (func (param (ref $object)) (param i32) (result i32)))
    (type $three (func (param (ref $object)) (result i32 i64 f64)))
    (type $table (sub (struct (field $f (ref null $method)) (field $g (ref null $three)))))
    (type $object (sub (struct (field $table (ref $table)) (field $x i32)))))
  (import "a" "call" (func $call (param (ref $object)) (param i32) (result i32)))
  (import "a" "call_three" (func $three (param (ref $object)) (result i32 i64 f64)))
  (import "a" "caught" (func $caught (param (ref $object)) (param i32) (result i32)))
  (memory 1)
  (tag $own)
  (global $table (ref $table) (struct.new $table (ref.func $load) (ref.func $other)))
  (func $load (type $method)
    (if (i32.eqz (local.get 1)) (then (throw $own)))
    (i32.add (i32.load (i32.const 0)) (struct.get $object $x (local.get 0))))
  (func $other (type $three) (i32.const 7) (i64.const 8) (f64.const 9))
  (func $object (result (ref $object))
    (i32.store (i32.const 0) (i32.const 500))
    (struct.new $object (global.get $table) (i32.const 1)))
  (func (export "run") (result i32) (call $call (call $object) (i32.const 1)))
  (func (export "three") (result i32 i64 f64) (call $three (call $object)))
  (func (export "caught") (param i32) (result i32) (call $caught (call $object) (local.get 0))))
(assert_return (invoke "run") (i32.const 501))
(assert_return (invoke "three") (i32.const 7) (i64.const 8) (f64.const 9))
(assert_return (invoke "caught" (i32.const 1)) (i32.const 501))
(assert_exception (invoke "caught" (i32.const 0)))
