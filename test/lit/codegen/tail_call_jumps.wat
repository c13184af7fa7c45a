;; Every tail call is a jump in the code that is made, or part of a loop, at every level; and llc makes
;; the same of the IR that is printed. The large functions are there because small ones are inlined.
;;
;; RUN: %wasm2obj -O0 --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O3 --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -Os --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.ll
;; RUN: llc -O2 --relocation-model=pic %t.ll -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: llc -O0 --relocation-model=pic %t.ll -o %t.s
;; RUN: FileCheck %s --input-file %t.s
;; RUN: %wasm2obj -O0 --target=aarch64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix ARM
;; RUN: %wasm2obj -O2 --target=aarch64-linux-gnu %s -o %t.s
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
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: jmp{{.*}}wasm.{{widen|large_wide}}
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: .size wasm.widen
  ;; ARM-LABEL: {{^}}wasm.widen:
  ;; ARM-NOT: bl wasm.
  ;; ARM: b wasm.{{widen|large_wide}}
  ;; ARM-NOT: bl wasm.
  ;; ARM: .size wasm.widen
  (func $widen (type $narrow)
    (i64.store (i32.const 0) (local.get 0))
    (return_call $large_wide (local.get 0) (local.get 1) (i64.const 1) (i64.const 2) (i64.const 3)
      (i64.const 4) (i64.const 5) (i64.const 6) (local.get 0)
      (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 4) (f64.const 5) (f64.const 6)
      (f64.const 7) (f64.const 8) (f64.const 9)))

  ;; Fewer.
  ;; CHECK-LABEL: {{^}}wasm.large_wide:
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: jmp{{.*}}wasm.large_narrow
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: .size wasm.{{widen|large_wide}}
  ;; ARM-LABEL: {{^}}wasm.large_wide:
  ;; ARM-NOT: bl wasm.
  ;; ARM: b wasm.large_narrow
  ;; ARM-NOT: bl wasm.
  ;; ARM: .size wasm.{{widen|large_wide}}
  (func $large_wide (type $wide)
    (local $at i32)
    (local.set $at (i32.wrap_i64 (local.get 8)))
    (f64.store (i32.const 8) (local.get 17))
    (memory.fill (i32.add (local.get $at) (i32.const 3)) (local.get $at) (i32.mul (local.get $at) (i32.const 3)))
    (memory.fill (i32.add (local.get $at) (i32.const 5)) (local.get $at) (i32.mul (local.get $at) (i32.const 5)))
    (memory.fill (i32.add (local.get $at) (i32.const 7)) (local.get $at) (i32.mul (local.get $at) (i32.const 7)))
    (memory.fill (i32.add (local.get $at) (i32.const 9)) (local.get $at) (i32.mul (local.get $at) (i32.const 9)))
    (memory.fill (i32.add (local.get $at) (i32.const 11)) (local.get $at) (i32.mul (local.get $at) (i32.const 11)))
    (memory.fill (i32.add (local.get $at) (i32.const 13)) (local.get $at) (i32.mul (local.get $at) (i32.const 13)))
    (memory.fill (i32.add (local.get $at) (i32.const 15)) (local.get $at) (i32.mul (local.get $at) (i32.const 15)))
    (memory.fill (i32.add (local.get $at) (i32.const 17)) (local.get $at) (i32.mul (local.get $at) (i32.const 17)))
    (memory.fill (i32.add (local.get $at) (i32.const 19)) (local.get $at) (i32.mul (local.get $at) (i32.const 19)))
    (memory.fill (i32.add (local.get $at) (i32.const 21)) (local.get $at) (i32.mul (local.get $at) (i32.const 21)))
    (memory.fill (i32.add (local.get $at) (i32.const 23)) (local.get $at) (i32.mul (local.get $at) (i32.const 23)))
    (memory.fill (i32.add (local.get $at) (i32.const 25)) (local.get $at) (i32.mul (local.get $at) (i32.const 25)))
    (return_call $large_narrow (local.get 8) (local.get 7)))

  ;; CHECK-LABEL: {{^}}wasm.large_narrow:
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: jmp{{.*}}wasm.{{widen|large_wide}}
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: .size wasm.large_narrow
  ;; ARM-LABEL: {{^}}wasm.large_narrow:
  ;; ARM-NOT: bl wasm.
  ;; ARM: b wasm.{{widen|large_wide}}
  ;; ARM-NOT: bl wasm.
  ;; ARM: .size wasm.large_narrow
  (func $large_narrow (type $narrow)
    (local $at i32)
    (local.set $at (i32.wrap_i64 (local.get 1)))
    (memory.fill (i32.add (local.get $at) (i32.const 3)) (local.get $at) (i32.mul (local.get $at) (i32.const 3)))
    (memory.fill (i32.add (local.get $at) (i32.const 5)) (local.get $at) (i32.mul (local.get $at) (i32.const 5)))
    (memory.fill (i32.add (local.get $at) (i32.const 7)) (local.get $at) (i32.mul (local.get $at) (i32.const 7)))
    (memory.fill (i32.add (local.get $at) (i32.const 9)) (local.get $at) (i32.mul (local.get $at) (i32.const 9)))
    (memory.fill (i32.add (local.get $at) (i32.const 11)) (local.get $at) (i32.mul (local.get $at) (i32.const 11)))
    (memory.fill (i32.add (local.get $at) (i32.const 13)) (local.get $at) (i32.mul (local.get $at) (i32.const 13)))
    (memory.fill (i32.add (local.get $at) (i32.const 15)) (local.get $at) (i32.mul (local.get $at) (i32.const 15)))
    (memory.fill (i32.add (local.get $at) (i32.const 17)) (local.get $at) (i32.mul (local.get $at) (i32.const 17)))
    (memory.fill (i32.add (local.get $at) (i32.const 19)) (local.get $at) (i32.mul (local.get $at) (i32.const 19)))
    (memory.fill (i32.add (local.get $at) (i32.const 21)) (local.get $at) (i32.mul (local.get $at) (i32.const 21)))
    (memory.fill (i32.add (local.get $at) (i32.const 23)) (local.get $at) (i32.mul (local.get $at) (i32.const 23)))
    (memory.fill (i32.add (local.get $at) (i32.const 25)) (local.get $at) (i32.mul (local.get $at) (i32.const 25)))
    (return_call $widen (local.get 1) (local.get 0)))

  ;; Several in one function, of which one becomes a loop.
  ;; CHECK-LABEL: {{^}}wasm.arms:
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: jmp{{.*}}wasm.{{widen|large_wide|large_narrow|arms}}
  ;; CHECK-NOT: call{{.*}}wasm.
  ;; CHECK: .size wasm.arms
  ;; ARM-LABEL: {{^}}wasm.arms:
  ;; ARM-NOT: bl wasm.
  ;; ARM: b wasm.{{widen|large_wide|large_narrow|arms}}
  ;; ARM-NOT: bl wasm.
  ;; ARM: .size wasm.arms
  (func $arms (type $narrow)
    (block $c (block $b (block $a
      (br_table $a $b $c $a $b (i32.wrap_i64 (local.get 0))))
      (i64.store (i32.const 0) (local.get 1))
      (return_call $widen (local.get 1) (i64.const 1)))
      (if (i64.eqz (local.get 1))
        (then (return_call $large_narrow (local.get 0) (i64.const 2)))
        (else (return_call $large_narrow (local.get 1) (i64.const 3)))))
    (return_call $arms (local.get 1) (local.get 0)))

  ;; Through a pointer: one jump, and one call for a callee without a tail entry.
  ;; CHECK-LABEL: {{^}}wasm.import:
  ;; CHECK-DAG: jmpq *%
  ;; CHECK-DAG: callq *
  ;; CHECK: .size wasm.import
  ;; ARM-LABEL: {{^}}wasm.import:
  ;; ARM-DAG: {{^.}}br x
  ;; ARM-DAG: {{^.}}blr x
  ;; ARM: .size wasm.import
  (func $import (type $narrow)
    (return_call $next (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: {{^}}wasm.indirect:
  ;; CHECK: jmpq *%
  ;; CHECK: .size wasm.indirect
  ;; ARM-LABEL: {{^}}wasm.indirect:
  ;; ARM: {{^.}}br x
  ;; ARM: .size wasm.indirect
  (func $indirect (type $narrow)
    (return_call_indirect (type $narrow) (local.get 0) (local.get 1)
      (i32.wrap_i64 (local.get 1)))))
