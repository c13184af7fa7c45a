;; WASI and --invoke with a memory whose pages are one byte: what lies past its end is out of reach,
;; though in the same page of the host.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke print %t.so 3 | FileCheck %s
;; RUN: %wasmrun --invoke print %t.so 4 | FileCheck %s --check-prefix FAULT
;; RUN: %wasmrun --invoke read %t.so 22 | FileCheck %s --check-prefix LAST
;; RUN: not %wasmrun --invoke read %t.so 23 2>&1 | FileCheck %s --check-prefix BEYOND
;; CHECK: hi
;; CHECK-NEXT: {{^}}0{{$}}
;; FAULT-NOT: hi
;; FAULT: {{^}}21{{$}}
;; LAST: {{^}}10{{$}}
;; BEYOND: out of bounds memory access
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 23 (pagesize 1))
  (data (i32.const 20) "hi\n")
  (func (export "print") (param $length i32) (result i32)
    (i32.store (i32.const 0) (i32.const 20))
    (i32.store (i32.const 4) (local.get $length))
    (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
  (func (export "read") (param i32) (result i32) (i32.load8_u (local.get 0))))
