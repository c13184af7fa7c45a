;; A backtrace names wasm functions and byte offsets of instructions in the wasm file, innermost
;; first; inlined frames may be missing at -O2, the innermost function's offset may not.
;;
;; RUN: %wasm2obj -O0 %s -o %t.so
;; RUN: %python %helpers/status.py 134 %wasmrun %t.so 2>&1 | FileCheck %s
;; CHECK: integer divide by zero
;; CHECK: 0x41{{.*}}average
;; CHECK: 0x4a{{.*}}report
;; CHECK: 0x52{{.*}}_start
;; CHECK-NOT: 0x
;; RUN: %wasm2obj -O2 %s -o %t.2.so
;; RUN: %python %helpers/status.py 134 %wasmrun %t.2.so 2>&1 | FileCheck %s --check-prefix OPTIMIZED
;; OPTIMIZED: integer divide by zero
;; OPTIMIZED: _start

(module
  (memory (export "memory") 1)
  (func $average (param $sum i32) (param $count i32) (result i32)
    (i32.div_u (local.get $sum) (local.get $count)))
  (func $report (param $count i32)
    (drop (call $average (i32.const 100) (local.get $count))))
  (func $_start (export "_start")
    (call $report (i32.const 0))))
