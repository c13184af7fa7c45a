;; A guest has access to the folders that --dir grants, under their given names, and to nothing else.
;; This one opens /w/note for writing and writes hello to it; its exit status is the errno.
;;
;; RUN: rm -rf %t && mkdir %t %t/w %t/outside
;; RUN: %wasm2obj %s -o %t/m.so
;; RUN: not %wasmrun %t/m.so
;; RUN: not %wasmrun --dir %t/w::/w:ro %t/m.so
;; RUN: ls -A %t/w | count 0
;; RUN: %wasmrun --dir %t/w::/w %t/m.so
;; RUN: FileCheck %s --input-file %t/w/note
;; CHECK: hello

;; A limit on the size of files is an errno, 22, not a signal that ends wasmrun.
;; RUN: %python %helpers/status.py 22 sh -c "ulimit -f 0; exec %wasmrun --dir %t/w::/w %t/m.so"

;; A link that leads out is not followed.
;; RUN: rm %t/w/note && ln -s ../outside/note %t/w/note
;; RUN: not %wasmrun --dir %t/w::/w %t/m.so
;; RUN: ls -A %t/outside | count 0

;; RUN: not %wasmrun --dir %t/none::/w %t/m.so 2>&1 | FileCheck %s --check-prefix NONE
;; NONE: wasmrun: {{.*}}none

(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "note")
  (data (i32.const 80) "hello\n")
  (data (i32.const 16) "\50\00\00\00\06\00\00\00")
  (func $check (param i32)
    (if (local.get 0) (then (call $exit (local.get 0)))))
  (func (export "_start")
    ;; The first folder is descriptor 3; create, truncate; right to write.
    (call $check (call $open (i32.const 3) (i32.const 1) (i32.const 64) (i32.const 4) (i32.const 9)
      (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 32)))
    (call $check (call $write (i32.load (i32.const 32)) (i32.const 16) (i32.const 1)
      (i32.const 40)))))
