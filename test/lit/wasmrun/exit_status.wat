;; The guest's exit status is wasmrun's; a trap is 134; returning from _start is 0.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %python %helpers/status.py 0 %wasmrun %t.so
;; RUN: %python %helpers/status.py 7 %wasmrun %t.so 1234567
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke trap %t.so

(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "trap") unreachable)
  ;; Exits with the length of its argument, if it has one.
  (func (export "_start") (local $at i32)
    (drop (call $sizes (i32.const 0) (i32.const 4)))
    (drop (call $get (i32.const 4096) (i32.const 8192)))
    (if (i32.lt_u (i32.load (i32.const 0)) (i32.const 2)) (then (return)))
    (local.set $at (i32.load (i32.const 4100)))
    (loop $next
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.load8_u (local.get $at))))
    (call $exit (i32.sub (local.get $at) (i32.load (i32.const 4100))))
    unreachable))
