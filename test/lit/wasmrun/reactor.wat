;; A module without _start: its functions can be called, after _initialize, which is run as the program.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke ready %t.so | FileCheck %s
;; CHECK: {{^}}1{{$}}
;; RUN: %wasmrun --invoke _initialize %t.so | count 0
;; RUN: %wasmrun %t.so | count 0

(module
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize")
    ;; Only once.
    (if (global.get $ready) (then unreachable))
    (global.set $ready (i32.const 1)))
  (func (export "ready") (result i32) (global.get $ready)))
