;; Only what needs a module that needs a whole feature is skipped, and each by the feature's name.
;; What is wrong with such a module is found all the same.
;; RUN: %wast %s > %t.out
;; RUN: FileCheck %s --input-file %t.out --match-full-lines
;; CHECK-NOT: {{.*expected.*}}
;; CHECK: skipped: simd 6, exception-handling 1, threads 1
;; CHECK-NEXT: 3 passed, 0 failed, 8 skipped

(module $Vector
  (func (export "f") (result v128) (v128.const i64x2 1 2)))
(register "vector")
(assert_return (invoke "f") (v128.const i64x2 1 2))
(assert_trap (invoke $Vector "f") "no reason")

(module (import "vector" "f" (func)))
(assert_unlinkable (module (import "vector" "f" (func (param i32)))) "incompatible import type")

(module (tag) (func (throw 0)))
(thread $T (shared (module $Vector)) (invoke "f"))

(assert_invalid (module (func (result i32) (v128.const i64x2 1 2))) "type mismatch")
(module $Plain (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
