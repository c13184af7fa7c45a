;; A fault of the hardware has the same backtrace as an explicit trap, also deep in recursion, and
;; a long one is shortened.
;;
;; RUN: %wasm2obj -O1 %s -o %t.so
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke deep %t.so 3 2>&1 | FileCheck %s
;; CHECK: out of bounds memory access
;; CHECK-COUNT-4: dive
;; CHECK: deep
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke deep %t.so 10000000 2>&1 | FileCheck %s --check-prefix LONG
;; LONG: call stack exhausted
;; LONG: dive

(module
  (memory 1)
  (func $dive (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (i32.add (i32.const 3) (call $dive (i32.sub (local.get $n) (i32.const 1)))))
      (else (i32.load (i32.const -4)))))
  (func $deep (export "deep") (param i32) (result i32)
    (i32.xor (call $dive (local.get 0)) (i32.const 1))))
