;; A truncated, altered or foreign file is refused with a reason before any of it runs: cut off
;; anywhere, and with every byte of its headers, note and descriptor changed.
;;
;; RUN: %wasm2obj -O1 %s -o %t.so
;; RUN: %wasmrun --invoke answer %t.so | FileCheck %s
;; CHECK: 42
;; RUN: %python %S/Inputs/corrupt.py %wasmrun %t.so
;;
;; RUN: %python %helpers/status.py 1 %wasmrun /bin/true 2>&1 | FileCheck %s --check-prefix FOREIGN
;; FOREIGN: wasmrun: {{.*}}/bin/true: {{.+}}
;; RUN: %python %helpers/status.py 1 %wasmrun %s 2>&1 | FileCheck %s --check-prefix TEXT
;; TEXT: wasmrun: {{.*}}corrupt.wat: {{.+}}

(module
  (memory 1)
  (data (i32.const 1024) "initial")
  (func $answer (export "answer") (result i32) (i32.const 42)))
