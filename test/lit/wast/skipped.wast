;; Only commands that need a module with an untranslated feature are skipped, with the feature's name.
;; Errors of such a module are found nevertheless.
;; RUN: %wast %s > %t.out
;; RUN: FileCheck %s --input-file %t.out --match-full-lines
;; CHECK-NOT: {{.*expected.*}}
;; CHECK: skipped: threads 7
;; CHECK-NEXT: 3 passed, 0 failed, 7 skipped

(module $Small
  (memory 1 1 shared)
  (func (export "f") (result i32) (i32.load (i32.const 0))))
(register "small")
(assert_return (invoke "f") (i32.const 1))
(assert_trap (invoke $Small "f") "no reason")

(module (import "small" "f" (func)))
(assert_unlinkable (module (import "small" "f" (func (param i32)))) "incompatible import type")

(thread $T (shared (module $Small)) (invoke "f"))

(assert_invalid (module (memory 1 1 shared) (func (result i64) (i32.const 1))) "type mismatch")
(module $Plain (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
