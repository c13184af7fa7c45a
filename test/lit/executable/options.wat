;; UNSUPPORTED: sanitizers
;; What the guest is given is decided when the executable is made, and by WASM2OBJ_OPTIONS when it
;; runs. Without both, that is nothing but the standard streams.
;; RUN: rm -rf %t && mkdir %t && mkdir %t/dir
;; RUN: %wasm2obj %s -o %t/plain
;; RUN: env FOO=bar %run %t/plain | FileCheck %s --check-prefix NOTHING
;; NOTHING: {{^}}environment:{{$}}
;; NOTHING-NEXT: directory: no

;; RUN: %wasm2obj %s -o %t/fixed --env A=1 --env=B --env A=2 --dir %t/dir::/d:ro --max-memory=64K
;; RUN: env B=x C=y %run %t/fixed | FileCheck %s --check-prefix FIXED
;; FIXED: {{^}}environment: A=2 B=x{{$}}
;; FIXED-NEXT: directory: yes
;; RUN: env -u B %run %t/fixed | FileCheck %s --check-prefix UNSET
;; UNSET: {{^}}environment: A=2{{$}}
;; RUN: %wasm2obj %s -o %t/inherits --inherit-env
;; RUN: env -i C=y %run %t/inherits | FileCheck %s --check-prefix INHERITED
;; INHERITED: {{^}}environment: C=y{{$}}

;; An option takes one value, also right before the module.
;; RUN: %wasm2obj --env A=1 --timeout 10m --env D=2 %s -o %t/before
;; RUN: %run %t/before | FileCheck %s --check-prefix BEFORE
;; BEFORE: {{^}}environment: A=1 D=2{{$}}
;; RUN: not %wasm2obj --timeout %s -o %t/no 2>&1 | FileCheck %s --check-prefix FORGOTTEN
;; FORGOTTEN: error: --timeout: '{{.*}}options.wat' is not a number

;; RUN: env WASM2OBJ_OPTIONS="--env A=3  --dir=%t/dir::/d" %run %t/plain | FileCheck %s --check-prefix ADDED
;; ADDED: {{^}}environment: A=3{{$}}
;; ADDED-NEXT: directory: yes
;; RUN: env -u B WASM2OBJ_OPTIONS="--env A=3" %run %t/fixed | FileCheck %s --check-prefix REPLACED
;; REPLACED: {{^}}environment: A=3{{$}}

;; RUN: env WASM2OBJ_OPTIONS="--env 'A=1 \"2' --env=B=\"'3 4\"'5 6'" %run %t/plain | FileCheck %s --check-prefix QUOTED
;; QUOTED: {{^}}environment: A=1 "2 B='3 45 6{{$}}

;; Errors, when it is made and when it runs.
;; RUN: not %wasm2obj %s -o %t/no --max-memory=lots 2>&1 | FileCheck %s --check-prefix SIZE
;; SIZE: error: --max-memory: 'lots' is not a number
;; RUN: not %wasm2obj %s -o %t/no --dir :: 2>&1 | FileCheck %s --check-prefix DIR
;; DIR: error: --dir: '::' is not HOST
;; RUN: not %wasm2obj %s -o %t/no.so --dir . 2>&1 | FileCheck %s --check-prefix ARTIFACT
;; ARTIFACT: error: --dir=.: only executables have such an option; other modules get it from wasmrun
;; RUN: env WASM2OBJ_OPTIONS=--dri=x %python %helpers/status.py 2 %run %t/plain 2>&1 | FileCheck %s --check-prefix UNKNOWN
;; UNKNOWN: plain: error: WASM2OBJ_OPTIONS: --dri: no such option; --dir may be meant
;; RUN: env WASM2OBJ_OPTIONS=x %python %helpers/status.py 2 %run %t/plain 2>&1 | FileCheck %s --check-prefix WORD
;; WORD: plain: error: WASM2OBJ_OPTIONS: x: is no option
;; RUN: env WASM2OBJ_OPTIONS="--dir %t/missing" %python %helpers/status.py 2 %run %t/plain 2>&1 | FileCheck %s --check-prefix MISSING
;; MISSING: plain: error: {{.*}}missing: cannot open the directory
;; RUN: env WASM2OBJ_OPTIONS=--max-memory=1 %python %helpers/status.py 1 %run %t/plain 2>&1 | FileCheck %s --check-prefix LIMIT
;; LIMIT: plain: error: {{.*}}limit

(module
  (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "environment:")
  (data (i32.const 80) "\ndirectory: yes\n")
  (data (i32.const 112) "\ndirectory: no\n")
  (func $print (param $at i32) (param $size i32)
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (local.get $size))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))))
  ;; Prints the variables, each with a space before it.
  (func (export "_start") (local $end i32) (local $i i32)
    (call $print (i32.const 64) (i32.const 12))
    (drop (call $sizes (i32.const 0) (i32.const 4)))
    (drop (call $environ (i32.const 1024) (i32.const 4096)))
    (i32.store8 (i32.const 4095) (i32.const 0x20))
    (local.set $i (i32.const 4096))
    (local.set $end (i32.add (i32.const 4095) (i32.load (i32.const 4))))
    (if (i32.load (i32.const 0))
      (then
        (loop $next
          (if (i32.eqz (i32.load8_u (local.get $i)))
            (then (i32.store8 (local.get $i) (i32.const 0x20))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $next (i32.lt_u (local.get $i) (local.get $end))))
        (call $print (i32.const 4095) (i32.sub (local.get $end) (i32.const 4095)))))
    (if (call $prestat (i32.const 3) (i32.const 32))
      (then (call $print (i32.const 112) (i32.const 15)))
      (else (call $print (i32.const 80) (i32.const 16))))))
