;; The guest gets its name and its arguments, whatever they look like, and nothing of wasmrun's own.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun %t.so one --two -3 "four five" | FileCheck %s
;; CHECK:      arguments.wat.tmp.so
;; CHECK-NEXT: one
;; CHECK-NEXT: --two
;; CHECK-NEXT: -3
;; CHECK-NEXT: four five
;; CHECK-NOT:  {{.}}
;; RUN: %wasmrun --argv0 prog %t.so --help | FileCheck %s --check-prefix NAMED
;; NAMED:      {{^}}prog{{$}}
;; NAMED-NEXT: {{^}}--help{{$}}

(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (local $at i32) (local $end i32)
    (if (call $sizes (i32.const 0) (i32.const 4)) (then unreachable))
    (if (call $get (i32.const 4096) (i32.const 8192)) (then unreachable))
    ;; Each terminating zero becomes a newline.
    (local.set $at (i32.const 8192))
    (local.set $end (i32.add (local.get $at) (i32.load (i32.const 4))))
    (loop $next
      (if (i32.eqz (i32.load8_u (local.get $at)))
        (then (i32.store8 (local.get $at) (i32.const 10))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (i32.store (i32.const 16) (i32.const 8192))
    (i32.store (i32.const 20) (i32.load (i32.const 4)))
    (if (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))
      (then unreachable))))
