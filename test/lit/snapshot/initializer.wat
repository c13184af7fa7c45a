;; UNSUPPORTED: sanitizers
;; The initializer is a WASI guest: it gets arguments, the environment and directories that the
;; command line names, and its output goes to the terminal. `_initialize` is called first.
;; RUN: rm -rf %t && mkdir -p %t/dir && cp %s %t/app.wat
;; RUN: echo some content > %t/dir/file
;; RUN: %wasm2obj snapshot %t/app.wat -o %t/app --env A=1 --dir %t/dir::/d:ro -- one "two words" > %t/out
;; RUN: FileCheck %s --input-file %t/out --match-full-lines
;; CHECK: app.wasm|one|two words|A=1|some content

;; The executable begins with that. It has none of the initializer's arguments and directories.
;; RUN: %run %t/app x | FileCheck %s --check-prefix APP --match-full-lines
;; APP: app.wasm|one|two words|A=1|some content
;; RUN: %wasm2obj snapshot %t/app.wat -o %t/other --argv0 other --env A=2 --dir=%t/dir::/d -- x > /dev/null
;; RUN: %run %t/other | FileCheck %s --check-prefix OTHER --match-full-lines
;; OTHER: other|x|A=2|some content

;; RUN: not %wasm2obj snapshot %t/app.wat -o %t/no --listen 127.0.0.1:0 2>&1 | FileCheck %s --check-prefix LISTEN
;; LISTEN: error: --listen: a snapshot keeps no sockets
;; RUN: not %wasm2obj snapshot %t/app.wat -o %t/no --dir %t/missing 2>&1 | FileCheck %s --check-prefix MISSING
;; MISSING: missing
;; RUN: not ls %t/no

(module
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 512) "file")
  (global $end (mut i32) (i32.const 0))  ;; of the text that begins at 4096

  ;; The arguments and the environment, each with a NUL behind it.
  (func (export "_initialize")
    (drop (call $args_sizes (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 1024) (i32.const 4096)))
    (global.set $end (i32.add (i32.const 4096) (i32.load (i32.const 4))))
    (drop (call $environ_sizes (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 1024) (global.get $end)))
    (global.set $end (i32.add (global.get $end) (i32.load (i32.const 4)))))

  ;; Bars instead of NULs, and the file's content.
  (func (export "wizer.initialize") (local $i i32)
    (local.set $i (i32.const 4096))
    (loop $next
      (if (i32.eqz (i32.load8_u (local.get $i)))
        (then (i32.store8 (local.get $i) (i32.const 0x7c))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (global.get $end))))
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 4) (i32.const 0)
                         (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 0))
      (then unreachable))
    (i32.store (i32.const 16) (global.get $end))
    (i32.store (i32.const 20) (i32.const 100))
    (if (call $fd_read (i32.load (i32.const 0)) (i32.const 16) (i32.const 1) (i32.const 24))
      (then unreachable))
    (global.set $end (i32.add (global.get $end) (i32.load (i32.const 24))))
    (drop (call $fd_close (i32.load (i32.const 0))))
    (call $_start))

  (func $_start (export "_start")
    (i32.store (i32.const 16) (i32.const 4096))
    (i32.store (i32.const 20) (i32.sub (global.get $end) (i32.const 4096)))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24)))))
