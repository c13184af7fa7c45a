;; After the check of an index into a table, the index is masked; with --spectre=on, one into a memory with
;; checks is clamped, by a selection that remains in the code.
;;
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefixes CHECK,TABLES
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 --spectre=tables %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefixes CHECK,TABLES
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 --spectre=on %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefixes CHECK,ON
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 --spectre=off %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix OFF
;; RUN: %wasm2obj %arm --spectre=on %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix ARM
;; RUN: %wasm2obj --spectre=on %s -o %t.so
;; RUN: %wasmrun --invoke load %t.so 65528 | FileCheck %s --check-prefix IN
;; RUN: not %wasmrun --invoke load %t.so 65529 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: not %wasmrun --invoke load %t.so -1 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: not %wasmrun --invoke copy %t.so 65530 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %wasmrun --invoke copy %t.so 65520 | FileCheck %s --check-prefix IN
;; RUN: %wasmrun --invoke get %t.so 2 | FileCheck %s --check-prefix GET
;; RUN: not %wasmrun --invoke get %t.so 3 2>&1 | FileCheck %s --check-prefix NO-ELEMENT
;; IN: {{^}}77{{$}}
;; OUT: out of bounds memory access
;; GET: null
;; NO-ELEMENT: out of bounds table access

(module
  (type $unary (func (param i32) (result i32)))
  (memory i64 1)
  (data (i64.const 65528) "\4d")
  (table $t (export "t") 3 externref)
  (table $fixed 5 funcref)
  (elem (table $fixed) (i32.const 0) func $a $b $a $b)
  (func $a (type $unary) (local.get 0))
  (func $b (type $unary) (i32.const 1))

  ;; CHECK-LABEL: {{^}}wasm.get:
  ;; CHECK: jbe
  ;; CHECK: and{{[lq]}} 16(%{{...}}), %{{[er]}}[[INDEX:..]]
  ;; CHECK: movq (%{{...}},%r[[INDEX]],8)
  ;; OFF-LABEL: {{^}}wasm.get:
  ;; OFF-NOT: and{{[lq]}}
  ;; OFF: .size wasm.get
  ;; ARM-LABEL: {{^}}wasm.get:
  ;; ARM: and x
  ;; ARM: .size wasm.get
  (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))

  ;; CHECK-LABEL: {{^}}wasm.call:
  ;; CHECK: cmpl $4,
  ;; CHECK: ja
  ;; CHECK: andl $7,
  ;; CHECK: callq *
  ;; OFF-LABEL: {{^}}wasm.call:
  ;; OFF-NOT: andl
  ;; OFF: .size wasm.call
  (func (export "call") (param i32) (result i32)
    (i32.add (call_indirect $fixed (type $unary) (local.get 0) (local.get 0)) (i32.const 1)))

  ;; ON-LABEL: {{^}}wasm.load:
  ;; ON: ja
  ;; ON: cmov
  ;; ON: .size wasm.load
  ;; TABLES-LABEL: {{^}}wasm.load:
  ;; TABLES-NOT: cmov
  ;; TABLES: .size wasm.load
  ;; ARM-LABEL: {{^}}wasm.load:
  ;; ARM: csel
  ;; ARM: .size wasm.load
  (func (export "load") (param i64) (result i64) (i64.load (local.get 0)))

  ;; ON-LABEL: {{^}}wasm.copy:
  ;; ON: cmov
  ;; ON: .size wasm.copy
  (func (export "copy") (param i64) (result i64)
    (memory.copy (i64.const 0) (local.get 0) (i64.const 16))
    (i64.load (i64.const 8)))
)
