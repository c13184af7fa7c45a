;; A failure names file and line, the command, the expected and the actual result.
;; RUN: %python %helpers/status.py 1 %wast %s > %t.out
;; RUN: FileCheck %s --input-file %t.out --match-full-lines --implicit-check-not {{expected:}}

(module $M
  (func (export "one") (result i32) (i32.const 1))
  (func (export "two") (result i32 f64) (i32.const -1) (f64.const 0x1p-1))
  (func (export "trap") unreachable))

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_return (invoke "one") (i32.const 2))
;; CHECK-NEXT: expected: (i32.const 2)
;; CHECK-NEXT: got: (i32.const 1)
(assert_return (invoke "one") (i32.const 2))

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_return (invoke "two") (i32.const -1) (f64.const nan:canonical))
;; CHECK-NEXT: expected: (i32.const -1) (f64.const nan:canonical)
;; CHECK-NEXT: got: (i32.const -1) (f64.const 0.5)
(assert_return (invoke "two") (i32.const -1) (f64.const nan:canonical))

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_return (invoke "one"))
;; CHECK-NEXT: expected: nothing
;; CHECK-NEXT: got: (i32.const 1)
(assert_return (invoke "one"))

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_trap (invoke "trap") "integer overflow")
;; CHECK-NEXT: expected: trap: integer overflow
;; CHECK-NEXT: got: trap: unreachable
(assert_trap (invoke "trap") "integer overflow")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_exhaustion (invoke "one") "call stack exhausted")
;; CHECK-NEXT: expected: trap: call stack exhausted
;; CHECK-NEXT: got: (i32.const 1)
(assert_exhaustion (invoke "one") "call stack exhausted")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (invoke "trap")
;; CHECK-NEXT: expected: that it returns
;; CHECK-NEXT: got: trap: unreachable
(invoke "trap")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (invoke "none")
;; CHECK-NEXT: expected: that it returns
;; CHECK-NEXT: got: error: no function is exported as 'none'
(invoke "none")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (invoke "one" (i32.const 1))
;; CHECK-NEXT: expected: that it returns
;; CHECK-NEXT: got: error: argument 1, (i32.const 1), does not fit the type [] -> [i32]
(invoke "one" (i32.const 1))

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (register "n" $N)
;; CHECK-NEXT: expected: a module
;; CHECK-NEXT: got: none is named 'N'
(register "n" $N)

;; An invalid module is not malformed, and vice versa.
;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_malformed (module quote "(func (result i32))") "no reason")
;; CHECK-NEXT: expected: malformed: no reason
;; CHECK-NEXT: got: invalid: {{.*}}
(assert_malformed (module quote "(func (result i32))") "no reason")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_invalid (module binary "\00") "no reason")
;; CHECK-NEXT: expected: invalid: no reason
;; CHECK-NEXT: got: malformed: {{.*}}
(assert_invalid (module binary "\00") "no reason")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_invalid (module (func)) "no reason")
;; CHECK-NEXT: expected: invalid: no reason
;; CHECK-NEXT: got: a valid module
(assert_invalid (module (func)) "no reason")

;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_unlinkable (module (func)) "unknown import")
;; CHECK-NEXT: expected: unlinkable: unknown import
;; CHECK-NEXT: got: an instance
(assert_unlinkable (module (func)) "unknown import")

;; Without a module, commands that need it fail; those that name another do not.
;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (module (import "m" "f" (func)))
;; CHECK-NEXT: expected: an instance
;; CHECK-NEXT: got: unlinkable: unknown import m.f (function [] -> [])
(module (import "m" "f" (func)))
;; CHECK: {{.*}}failures.wast:[[#@LINE+3]]: (assert_return (invoke "f"))
;; CHECK-NEXT: expected: an instance
;; CHECK-NEXT: got: unlinkable: unknown import m.f (function [] -> [])
(assert_return (invoke "f"))
(assert_return (invoke $M "one") (i32.const 1))

;; CHECK: {{.*}}failures.wast:[[#@LINE+6]]: (module (func (nonsense)))
;; CHECK-NEXT: expected: a valid module
;; CHECK-NEXT: got: malformed: {{.*}}failures.wast:[[#@LINE+4]]:16: {{.*}}
;; CHECK-NEXT: (module (func (nonsense)))
;; CHECK-NEXT: ^
;; CHECK-NEXT: 2 passed, 16 failed, 0 skipped
(module (func (nonsense)))
