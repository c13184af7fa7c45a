;; On x86-64 a trap is `ud1` with the code as displacement of its operand, out of line.
;;
;; REQUIRES: x86_64
;; RUN: %wasm2obj -O2 --cpu x86-64 %s -o %t.o
;; RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck %s

(module
  ;; CHECK-LABEL: <wasm.divide>:
  ;; CHECK: div
  ;; CHECK: ret
  ;; CHECK: ud1l 0x7(%eax), %eax
  (func $divide (export "divide") (param i32 i32) (result i32)
    (i32.div_u (local.get 0) (local.get 1))))
