;; UNSUPPORTED: sanitizers
;; An executable needs nothing but its file. The words of its command line are the guest's, its exit
;; code is the guest's, and messages begin with its name.
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj %s -o %t/app
;; RUN: file -b %t/app | FileCheck %s --check-prefix FILE
;; FILE: ELF 64-bit LSB pie executable{{.*}}static-pie linked
;; RUN: %run %t/app one "two words" > %t/out
;; RUN: FileCheck %s --input-file %t/out --check-prefix ARGUMENTS --match-full-lines
;; ARGUMENTS: {{.*}}/app|one|two words|
;; RUN: %python %helpers/status.py 42 %run %t/app --exit
;; RUN: %python %helpers/status.py 134 %run %t/app --trap 2>&1 | FileCheck %s --check-prefix TRAP
;; TRAP: {{^}}app: trap: unreachable
;; TRAP-NEXT: 0: {{.*}} $trap
;; TRAP-NEXT: 1: {{.*}} $_start

;; --emit=exe takes precedence over the suffix; the default name has no suffix.
;; RUN: %wasm2obj %s --emit=exe -o %t/app.bin && %run %t/app.bin x | FileCheck %s --check-prefix BIN
;; BIN: app.bin|x|
;; RUN: cp %s %t/named.wat && cd %t && %wasm2obj --emit=exe named.wat && %run ./named | FileCheck %s --check-prefix NAMED
;; NAMED: ./named|

;; Argument 0 can be fixed, also to nothing.
;; RUN: %wasm2obj %s -o %t/fixed --argv0 "" --env A=1 && %run %t/fixed x | FileCheck %s --check-prefix EMPTY --match-full-lines
;; EMPTY: |x|

;; Ordinary tools know its functions.
;; RUN: llvm-nm %t/app | FileCheck %s --check-prefix SYMBOLS
;; SYMBOLS-DAG: t wasm.trap
;; SYMBOLS-DAG: t wasm._start

;; The same input gives the same bytes.
;; RUN: %wasm2obj %s -j 1 -o %t/again && cmp %t/app %t/again

(module
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $trap unreachable)
  ;; Prints the arguments, each with a bar behind it instead of the NUL.
  (func $_start (export "_start") (local $end i32) (local $i i32)
    (drop (call $args_sizes (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 1024) (i32.const 4096)))
    (local.set $end (i32.add (i32.const 4096) (i32.load (i32.const 4))))
    (local.set $i (i32.const 4096))
    (if (i32.eq (i32.load (i32.const 0)) (i32.const 2))
      (then
        ;; "--e" and "--t"
        (if (i32.eq (i32.load offset=0 (i32.load (i32.const 1028))) (i32.const 0x78652d2d))
          (then (call $proc_exit (i32.const 42))))
        (if (i32.eq (i32.load offset=0 (i32.load (i32.const 1028))) (i32.const 0x72742d2d))
          (then (call $trap)))))
    (loop $next
      (if (i32.eqz (i32.load8_u (local.get $i)))
        (then (i32.store8 (local.get $i) (i32.const 0x7c))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $end))))
    (i32.store8 (local.get $end) (i32.const 10))
    (i32.store (i32.const 16) (i32.const 4096))
    (i32.store (i32.const 20) (i32.sub (i32.add (local.get $end) (i32.const 1)) (i32.const 4096)))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24)))))
