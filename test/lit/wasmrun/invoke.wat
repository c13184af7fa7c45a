;; --invoke calls an export with arguments of its types and prints its results, one per line.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke i32 %t.so -1 | FileCheck %s --check-prefix I32
;; I32: {{^}}-1{{$}}
;; RUN: %wasmrun --invoke i32 %t.so 4294967295 | FileCheck %s --check-prefix I32
;; RUN: %wasmrun --invoke i64 %t.so 0x8000000000000000 | FileCheck %s --check-prefix I64
;; I64: {{^}}-9223372036854775808{{$}}
;; RUN: %wasmrun --invoke f32 %t.so 0.1 | FileCheck %s --check-prefix F32
;; F32: {{^}}0.1{{$}}
;; RUN: %wasmrun --invoke f64 %t.so -inf | FileCheck %s --check-prefix F64
;; F64: {{^}}-inf{{$}}
;; RUN: %wasmrun --invoke many %t.so 5 | FileCheck %s --check-prefix MANY
;; MANY:      {{^}}5{{$}}
;; MANY-NEXT: {{^}}6{{$}}
;; MANY-NEXT: {{^}}2.5{{$}}
;; MANY-NOT:  {{.}}
;; RUN: %wasmrun --invoke none %t.so | count 0

;; RUN: %python %helpers/status.py 2 %wasmrun --invoke nosuch %t.so 2>&1 | FileCheck %s --check-prefix NAME
;; NAME: wasmrun: {{.*}}nosuch
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke i32 %t.so 2>&1 | FileCheck %s --check-prefix COUNT
;; COUNT: wasmrun: {{.+}}
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke i32 %t.so banana 2>&1 | FileCheck %s --check-prefix TYPE
;; TYPE: wasmrun: {{.*}}banana
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke i32 %t.so 4294967296 2>&1 | FileCheck %s --check-prefix RANGE
;; RANGE: wasmrun: {{.*}}4294967296

(module
  (memory (export "memory") 1)
  (func (export "i32") (param i32) (result i32) (local.get 0))
  (func (export "i64") (param i64) (result i64) (local.get 0))
  (func (export "f32") (param f32) (result f32) (local.get 0))
  (func (export "f64") (param f64) (result f64) (local.get 0))
  (func (export "none"))
  (func (export "many") (param i32) (result i32 i64 f64)
    (local.get 0)
    (i64.extend_i32_s (i32.add (local.get 0) (i32.const 1)))
    (f64.const 2.5)))
