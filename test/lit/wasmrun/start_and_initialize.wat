;; A module that exports both is initialized before whichever of its functions is called first.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %python %helpers/status.py 1 %wasmrun %t.so
;; RUN: %python %helpers/status.py 1 %wasmrun --invoke _start %t.so
;; RUN: %wasmrun --invoke ready %t.so | FileCheck %s
;; CHECK: {{^}}1{{$}}

(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (global $ready (mut i32) (i32.const 0))
  (memory (export "memory") 1)
  (func (export "_initialize") (global.set $ready (i32.add (global.get $ready) (i32.const 1))))
  (func (export "_start") (call $exit (global.get $ready)))
  (func (export "ready") (result i32) (global.get $ready)))
