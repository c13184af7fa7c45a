;; --listen: the guest accepts a connection on the descriptor behind the directories, here 4, and sends
;; back the bytes that it receives, until the peer closes the connection.
;;
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj %s -o %t/m.so
;; RUN: %python %S/Inputs/talk.py 127.0.0.1:0 "over the wire" %wasmrun -v --dir %t::/ --listen 127.0.0.1:0 %t/m.so | FileCheck %s
;; RUN: %python %S/Inputs/talk.py unix:%t/s "over the wire" %wasmrun -v --dir %t::/ --listen unix:%t/s %t/m.so | FileCheck %s
;; CHECK: {{^}}over the wire{{$}}

;; RUN: %python %helpers/status.py 2 %wasmrun --listen nowhere %t/m.so 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --listen ::1:80 %t/m.so 2>&1 | FileCheck %s --check-prefix BAD
;; BAD: wasmrun: error: --listen: '{{.*}}': is not HOST:PORT, [IPV6]:PORT or unix:PATH
;; RUN: %python %helpers/status.py 2 %wasmrun --listen unix:%t/none/s %t/m.so 2>&1 | FileCheck %s --check-prefix NONE
;; NONE: cannot be bound: No such file or directory

(module
  (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv"
    (func $recv (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_shutdown" (func $shutdown (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func $check (param i32)
    (if (local.get 0) (then (call $exit (local.get 0)))))
  (func (export "_start") (local $fd i32)
    ;; A directory is no socket.
    (if (i32.ne (call $accept (i32.const 3) (i32.const 0) (i32.const 0)) (i32.const 57))
      (then unreachable))
    (call $check (call $accept (i32.const 4) (i32.const 0) (i32.const 0)))
    (local.set $fd (i32.load (i32.const 0)))
    (if (i32.ne (local.get $fd) (i32.const 5)) (then unreachable))
    (i32.store (i32.const 16) (i32.const 64))
    (loop $more
      (i32.store (i32.const 20) (i32.const 1000))
      (call $check (call $recv (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 0)
        (i32.const 20) (i32.const 24)))
      (if (i32.load (i32.const 20))
        (then
          (call $check
            (call $send (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 0) (i32.const 28)))
          (br $more))))
    (call $check (call $shutdown (local.get $fd) (i32.const 3)))))
