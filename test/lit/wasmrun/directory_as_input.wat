;; Reading standard input that is a directory fails as it does natively: isdir, 31.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %python %helpers/status.py 31 %python %S/Inputs/with_directory.py %S %wasmrun %t.so

(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\40\00\00\00\10\00\00\00")
  (func (export "_start")
    (call $exit (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 16)))))
