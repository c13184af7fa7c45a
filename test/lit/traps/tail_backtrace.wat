;; Functions that make tail calls unwind like others, with arguments on the stack or without; frames
;; that were released are not in a backtrace, unless their code was inlined, nor are the thunks that
;; lead into such functions.
;;
;; RUN: %wasm2obj -O0 %s -o %t.so
;; RUN: %python %helpers/status.py 134 %wasmrun %t.so 2>&1 | FileCheck %s
;; RUN: %wasm2obj -O2 %s -o %t.2.so
;; RUN: %python %helpers/status.py 134 %wasmrun %t.2.so 2>&1 | FileCheck %s --check-prefix INLINED

;; CHECK: integer divide by zero
;; CHECK-NEXT: 0x{{[0-9a-f]+}}{{.*}}divide
;; CHECK-NEXT: 0x{{[0-9a-f]+}}{{.*}}wide
;; CHECK-NEXT: 0x{{[0-9a-f]+}}{{.*}}middle
;; CHECK-NEXT: 0x{{[0-9a-f]+}}{{.*}}_start
;; CHECK-NOT: 0x

;; INLINED: integer divide by zero
;; INLINED-NEXT: 0x{{[0-9a-f]+}}{{.*}}divide
;; INLINED: 0x{{[0-9a-f]+}}{{.*}}wide
;; INLINED: 0x{{[0-9a-f]+}}{{.*}}middle
;; INLINED-NEXT: 0x{{[0-9a-f]+}}{{.*}}_start
;; INLINED-NOT: 0x

(module
  (memory (export "memory") 1)
  (func $divide (param i32) (result i32)
    (if (i32.eq (local.get 0) (i32.const 3)) (then (return_call $divide (i32.const 0))))
    (i32.div_u (i32.const 100) (local.get 0)))
  (func $wide (param i64 i64 i64 i64 i64 i64 i64 i64 i32) (result i32)
    (if (i32.eqz (local.get 8)) (then (return_call $given_up)))
    (i32.add (i32.const 1) (call $divide (local.get 8))))
  (func $given_up (result i32)
    (return_call $wide (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
      (i64.const 6) (i64.const 7) (i64.const 8) (i32.const 3)))
  ;; Its callee gets more arguments on the stack than it was given.
  (func $middle (result i32) (i32.add (call $given_up) (i32.const 1)))
  (func $_start (export "_start")
    (if (i32.lt_u (call $middle) (call $wide
          (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
          (i64.const 6) (i64.const 7) (i64.const 8) (i32.const 0)))
      (then (return_call $_start)))))
