;; Functions that make calls load a byte far below their frame before they allocate it, also if only the
;; path to the call allocates it; leaves with small frames do not.
;;
;; RUN: %wasm2obj -O2 --cpu=x86-64 --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O2 --target=aarch64-linux-gnu %s -o %t.arm.s
;; RUN: FileCheck %s --input-file %t.arm.s --check-prefix ARM
;; RUN: %wasm2obj -O0 --cpu=x86-64 --target=x86_64-linux-gnu %s -o %t.0.s
;; RUN: FileCheck %s --input-file %t.0.s --check-prefix O0

(module
  (import "m" "host" (func $host (param i64) (result i64)))
  (memory 1)

  ;; CHECK-LABEL: {{^}}wasm.caller:
  ;; CHECK-NOT: push
  ;; CHECK: testb %al, -100{{...}}(%rsp)
  ;; CHECK: callq
  ;; CHECK-NOT: testb
  ;; CHECK: .size wasm.caller
  ;; ARM-LABEL: {{^}}wasm.caller:
  ;; ARM-NOT: {{stp|str}}
  ;; ARM: sub x16, sp, #26, lsl #12
  ;; ARM-NEXT: ldrb wzr, [x16, #2048]
  ;; ARM: blr
  ;; ARM: .size wasm.caller
  ;; O0-LABEL: {{^}}wasm.caller:
  ;; O0: testb %al, -100{{...}}(%rsp)
  (func (export "caller") (param i64) (result i64)
    (i64.add (call $host (local.get 0)) (local.get 0)))

  ;; CHECK-LABEL: {{^}}wasm.early:
  ;; CHECK: testq
  ;; CHECK: j
  ;; CHECK: testb %al, -100{{...}}(%rsp)
  ;; CHECK: callq
  ;; CHECK: .size wasm.early
  (func (export "early") (param i64) (result i64)
    (if (i64.eqz (local.get 0)) (then (return (i64.const 1))))
    (i64.add (call $host (local.get 0)) (local.get 0)))

  ;; CHECK-LABEL: {{^}}wasm.leaf:
  ;; CHECK-NOT: testb
  ;; CHECK: .size wasm.leaf
  ;; ARM-LABEL: {{^}}wasm.leaf:
  ;; ARM-NOT: x16
  ;; ARM: .size wasm.leaf
  (func (export "leaf") (param i64) (result i64) (i64.mul (local.get 0) (local.get 0)))
)
