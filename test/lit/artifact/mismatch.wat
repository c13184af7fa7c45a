;; An artifact for another machine, or for instructions that this one lacks, is refused. The message
;; names the difference and the remedy.
;;
;; RUN: %wasm2obj --target %other_target %s -o %t.so
;; RUN: %python %helpers/status.py 1 %wasmrun --invoke answer %t.so 2>&1 | FileCheck %s
;; CHECK: wasmrun: {{.*}}{{aarch64.*x86_64|x86_64.*aarch64}}
(module
  (func $answer (export "answer") (result i32) (i32.const 42)))
