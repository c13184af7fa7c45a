;; Every tail call is a jump in the code that is made, at every level; and llc makes the same of the
;; IR that is printed.
;;
;; RUN: %wat2wasm --debug-names --enable-tail-call %s -o %t.wasm
;; RUN: %wasm2obj -O0 --target=x86_64-linux-gnu %t.wasm -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %t.wasm -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O3 --target=x86_64-linux-gnu %t.wasm -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -Os --target=x86_64-linux-gnu %t.wasm -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %t.wasm -o %t.ll
;; RUN: llc -O2 --relocation-model=pic %t.ll -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: llc -O0 --relocation-model=pic %t.ll -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O0 --target=aarch64-linux-gnu %t.wasm -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix ARM
;; RUN: %wasm2obj -O2 --target=aarch64-linux-gnu %t.wasm -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix ARM

(module
  (type $wide (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64
                     f64 f64 f64 f64 f64 f64 f64 f64 f64) (result i64)))
  (type $narrow (func (param i64 i64) (result i64)))
  (import "m" "next" (func $next (type $narrow)))
  (table 4 funcref)
  (memory 1)

  ;; More arguments on the stack than the caller was given.
  ;; CHECK-LABEL: {{^}}wasm.widen:
  ;; CHECK-NOT: call
  ;; CHECK: jmp{{.*}}wasm.wide
  ;; CHECK-NOT: call
  ;; CHECK: .size wasm.widen
  ;; ARM-LABEL: {{^}}wasm.widen:
  ;; ARM-NOT: bl
  ;; ARM: b wasm.wide
  ;; ARM-NOT: bl
  ;; ARM: .size wasm.widen
  (func $widen (export "widen") (type $narrow)
    (i64.store (i32.const 0) (local.get 0))
    (return_call $wide (local.get 0) (local.get 1) (i64.const 1) (i64.const 2) (i64.const 3)
      (i64.const 4) (i64.const 5) (i64.const 6) (local.get 0)
      (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 4) (f64.const 5) (f64.const 6)
      (f64.const 7) (f64.const 8) (f64.const 9)))

  ;; Fewer.
  ;; CHECK-LABEL: {{^}}wasm.wide:
  ;; CHECK-NOT: call
  ;; CHECK: jmp{{.*}}wasm.arms
  ;; CHECK-NOT: call
  ;; CHECK: .size wasm.wide
  ;; ARM-LABEL: {{^}}wasm.wide:
  ;; ARM-NOT: bl
  ;; ARM: b wasm.arms
  ;; ARM-NOT: bl
  ;; ARM: .size wasm.wide
  (func $wide (export "wide") (type $wide)
    (f64.store (i32.const 8) (local.get 17))
    (return_call $arms (local.get 8) (local.get 7)))

  ;; Several in one function; none may share a block of the others that goes on.
  ;; CHECK-LABEL: {{^}}wasm.arms:
  ;; CHECK-NOT: call
  ;; CHECK: jmp{{.*}}wasm.{{widen|last|arms}}
  ;; CHECK-NOT: call
  ;; CHECK: .size wasm.arms
  ;; ARM-LABEL: {{^}}wasm.arms:
  ;; ARM-NOT: bl
  ;; ARM: b wasm.{{widen|last|arms}}
  ;; ARM-NOT: bl
  ;; ARM: .size wasm.arms
  (func $arms (export "arms") (type $narrow)
    (block $c (block $b (block $a
      (br_table $a $b $c $a $b (i32.wrap_i64 (local.get 0))))
      (i64.store (i32.const 0) (local.get 1))
      (return_call $widen (local.get 1) (i64.const 1)))
      (if (i64.eqz (local.get 1))
        (then (return_call $last (local.get 0) (i64.const 2)))
        (else (return_call $last (local.get 1) (i64.const 3)))))
    (return_call $arms (local.get 1) (local.get 0)))

  ;; CHECK-LABEL: {{^}}wasm.last:
  ;; CHECK-NOT: callq{{.*}}wasm.
  ;; CHECK: .size wasm.last
  (func $last (export "last") (type $narrow)
    (i64.store (i32.const 0) (i64.const 3))
    (return_call $widen (local.get 1) (local.get 0)))

  ;; To a pointer: one jump, and one call for a callee without a tail entry.
  ;; CHECK-LABEL: {{^}}wasm.import:
  ;; CHECK-DAG: jmpq *{{.*}}TAILCALL
  ;; CHECK-DAG: callq *
  ;; CHECK: .size wasm.import
  ;; ARM-LABEL: {{^}}wasm.import:
  ;; ARM-DAG: {{^.}}br x
  ;; ARM-DAG: {{^.}}blr x
  ;; ARM: .size wasm.import
  (func $import (export "import") (type $narrow)
    (return_call $next (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: {{^}}wasm.indirect:
  ;; CHECK: jmpq *{{.*}}TAILCALL
  ;; CHECK: .size wasm.indirect
  ;; ARM-LABEL: {{^}}wasm.indirect:
  ;; ARM: {{^.}}br x
  ;; ARM: .size wasm.indirect
  (func $indirect (export "indirect") (type $narrow)
    (return_call_indirect (type $narrow) (local.get 0) (local.get 1)
      (i32.wrap_i64 (local.get 1)))))
