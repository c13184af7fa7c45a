;; --timeout and signals end a guest wherever it is: it computes, recurses, copies or waits. What it has
;; written before is there.
;;
;; RUN: %wasm2obj -O0 %s -o %t.0.so && %wasm2obj -O3 %s -o %t.so && %wasm2obj %s -o %t.exe
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke loop %t.0.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke recurse %t.0.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke fill %t.0.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke loop %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke recurse %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke fill %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke grow %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke sleep %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: sleep 1 | %python %helpers/status.py 124 %wasmrun --timeout 300ms --invoke read %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; OUT: ready
;; OUT-NEXT: wasmrun: {{.*}}so: the time limit is exceeded: interrupted
;; OUT-NEXT: {{^  0: 0x}}

;; RUN: env WASM2OBJ_OPTIONS="--timeout 0.3s" %python %helpers/status.py 124 %run %t.exe 2>&1 | FileCheck %s --check-prefix EXE
;; EXE: ready
;; EXE-NEXT: the time limit is exceeded: interrupted

;; RUN: %python %helpers/send_signal.py SIGINT 130 %wasmrun --invoke loop %t.so 2>&1 | count 0
;; RUN: %python %helpers/send_signal.py SIGTERM 143 %wasmrun --invoke sleep %t.so 2>&1 | count 0

;; A guest that ends in time.
;; RUN: %wasmrun --timeout 1h --invoke quick %t.so | FileCheck %s --check-prefix QUICK
;; QUICK: 7

;; RUN: %python %helpers/status.py 2 %wasmrun --timeout x %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout 1.s %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout .5s %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout -1s %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout 1d %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout 0 %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout 0.0ms %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout 1e3s %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; RUN: %python %helpers/status.py 2 %wasmrun --timeout 5000000000000h %t.so 2>&1 | FileCheck %s --check-prefix TIME
;; TIME: wasmrun: error: --timeout: '{{.*}}' is not {{a number with ns, us, ms, s, m or h behind it|between 1 ns and 100 years}}

(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2 65536)
  ;; "ready\n"; a subscription to a clock, of 1000 s; buffers of 6, and of 65536 bytes.
  (data (i32.const 0) "ready\n")
  (data (i32.const 32) "\00\00\00\00\06\00\00\00" "\00\00\00\00\00\00\01\00")
  (data (i32.const 88) "\01\00\00\00\00\00\00\00\00\10\a5\d4\e8\00\00\00")
  (func $ready
    (drop (call $write (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 24))))
  (func (export "loop") (call $ready) (loop $l (br $l)))
  (func $fibonacci (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else
        (i32.add
          (call $fibonacci (i32.sub (local.get 0) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "recurse") (call $ready) (drop (call $fibonacci (i32.const 90))))
  (func (export "fill")
    (call $ready)
    (drop (memory.grow (i32.const 65533)))
    (loop $l
      (memory.fill (i32.const 65536) (i32.const 1) (i32.const -131072))
      (br $l)))
  (func (export "grow")
    (call $ready)
    (loop $l (drop (memory.grow (i32.const 0))) (br $l)))
  (func (export "sleep")
    (call $ready)
    (drop (call $poll (i32.const 72) (i32.const 120) (i32.const 1) (i32.const 24))))
  (func (export "read")
    (call $ready)
    (drop (call $read (i32.const 0) (i32.const 40) (i32.const 1) (i32.const 24))))
  (func (export "quick") (result i32) (i32.const 7))
  (func (export "_start") (call $ready) (loop $l (br $l))))
