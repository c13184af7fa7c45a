;; Every kind of command, in a correct form: each counts as passed.
;; RUN: %wast %s | FileCheck %s
;; RUN: %wast -O0 --bounds=explicit -v %s | FileCheck %s --check-prefixes CHECK,VERBOSE
;; RUN: %wast --only-front-end %s | FileCheck %s --check-prefix FRONT
;; VERBOSE: commands.wast: 26 passed, 0 failed, 0 skipped
;; CHECK-NOT: {{expected|skipped:}}
;; CHECK: {{^}}26 passed, 0 failed, 0 skipped
;; FRONT: {{^}}7 passed, 0 failed, 0 skipped

(module $M
  (global (export "answer") i32 (i32.const 42))
  (memory (export "memory") 1)
  (table (export "table") 2 funcref)
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "swap") (param i32 f32) (result f32 i32) (local.get 1) (local.get 0))
  (func (export "nan") (result f32) (f32.div (f32.const 0) (f32.const 0)))
  (func (export "same") (param externref) (result externref) (local.get 0))
  (func (export "self") (result funcref) (ref.func $self))
  (func $self)
  (elem declare func $self)
  (func (export "trap") unreachable)
  (func $forever (export "forever") (result i32) (i32.add (i32.const 1) (call $forever))))

(register "m")
(register "named" $M)
(invoke "add" (i32.const 1) (i32.const 2))
(get "answer")
(assert_return (get $M "answer") (i32.const 42))
(assert_return (invoke $M "add" (i32.const 0x7fff_ffff) (i32.const 1)) (i32.const -0x8000_0000))
(assert_return (invoke "swap" (i32.const 1) (f32.const 0x1.8p1)) (f32.const 3) (i32.const 1))
(assert_return (invoke "nan") (f32.const nan:canonical))
(assert_return (invoke "nan") (either (f32.const 0) (f32.const nan:arithmetic)))
(assert_return (invoke "same" (ref.extern 0)) (ref.extern 0))
(assert_return (invoke "same" (ref.null extern)) (ref.null))
(assert_return (invoke "self") (ref.func))
(assert_trap (invoke "trap") "unreachable")
(assert_exhaustion (invoke "forever") "call stack exhausted")

(module definition $D (import "m" "add" (func (param i32 i32) (result i32))) (export "plus" (func 0)))
(module instance $I $D)
(assert_return (invoke $I "plus" (i32.const 1) (i32.const 2)) (i32.const 3))

(module binary "\00asm\01\00\00\00")
(module quote "(func)")

(assert_malformed (module quote "(func") "unexpected token")
(assert_malformed (module binary "\00as") "unexpected end")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_unlinkable (module (import "m" "none" (func))) "unknown import")
(assert_unlinkable (module (import "m" "memory" (memory 1 (pagesize 1)))) "memory types incompatible")
(assert_trap (module (memory 0) (data (i32.const 0) "x")) "out of bounds memory access")
