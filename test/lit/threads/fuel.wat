;; A thread has as much fuel as the one that starts it has left. A thread that has consumed its own
;; ends the program. Each thread executes a loop as long as its argument says; the main function
;; starts the other thread first, and waits for it.
;;
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj -O0 --count-fuel %s -o %t/0.so && %wasm2obj -O3 --count-fuel %s -o %t/3.so
;; RUN: %wasm2obj --fuel 100000 --max-threads 1 %s -o %t/limited.exe

;; Both threads together consume more than there is for each. What the main thread consumes does
;; not depend on the other one, nor on the level.
;; RUN: %wasmrun -v --fuel 100000 %t/0.so 8000 8000 2>&1 | FileCheck %s --check-prefix BOTH
;; RUN: %wasmrun -v --fuel 100000 %t/3.so 8000 8000 2>&1 | FileCheck %s --check-prefix BOTH
;; RUN: %wasmrun -v --fuel 100000 %t/3.so 1 8000 2>&1 | FileCheck %s --check-prefix BOTH
;; BOTH: wasmrun: 72104 of 100000 units of fuel consumed

;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t/0.so 20000 1 2>&1 | FileCheck %s --check-prefix THREAD
;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t/3.so 20000 1 2>&1 | FileCheck %s --check-prefix THREAD
;; RUN: %python %helpers/status.py 134 %t/limited.exe 20000 1 2>&1 | FileCheck %s --check-prefix THREAD
;; THREAD: trap: all fuel consumed
;; THREAD: $wasi_thread_start
;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t/3.so 1 20000 2>&1 | FileCheck %s --check-prefix MAIN
;; MAIN: trap: all fuel consumed
;; MAIN: $_start
;; RUN: %t/limited.exe 8000 8000

;; Threads that start each other one after the other end, at the same one at each level.
;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t/0.so chain 2>&1 | FileCheck %s --check-prefix THREAD
;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t/3.so chain 2>&1 | FileCheck %s --check-prefix THREAD

(module
  (import "env" "memory" (memory $memory 1 1 shared))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (export "memory" (memory $memory))
  (func $number (param $argument i32) (result i32)
    (local $at i32) (local $digit i32) (local $sum i32)
    (local.set $at (i32.load (i32.shl (local.get $argument) (i32.const 2))))
    (loop $next
      (local.set $digit (i32.load8_u (local.get $at)))
      (if (local.get $digit)
        (then
          (local.set $sum
            (i32.add (i32.mul (local.get $sum) (i32.const 10))
              (i32.sub (local.get $digit) (i32.const 48))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (local.get $sum))
  (func $work (param $rounds i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.mul (local.get $sum) (local.get $rounds)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))
  (func $wasi_thread_start (export "wasi_thread_start") (param i32 i32)
    (if (local.get 1)
      (then
        (call $work (i32.const 1000))
        (drop (call $spawn (i32.const 1)))
        (return)))
    (call $work (call $number (i32.const 1)))
    (i32.atomic.store (i32.const 1024) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 1024) (i32.const 1))))
  (func $_start (export "_start")
    (drop (call $args_get (i32.const 0) (i32.const 512)))
    (if (i32.eq (i32.load8_u (i32.load (i32.const 4))) (i32.const 99))
      (then
        (drop (call $spawn (i32.const 1)))
        (drop (memory.atomic.wait32 (i32.const 1024) (i32.const 0) (i64.const -1)))))
    (drop (call $spawn (i32.const 0)))
    (drop (memory.atomic.wait32 (i32.const 1024) (i32.const 0) (i64.const -1)))
    (call $work (call $number (i32.const 2)))))
