;; UNSUPPORTED: sanitizers
;; An executable can have code for several CPUs, like an artifact.
;; REQUIRES: x86_64
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj %s --cpu=x86-64-v4,x86-64,x86-64-v2 --target=x86_64-linux-gnu -o %t/app
;; RUN: %python %helpers/status.py 73 %t/app
;; RUN: %wasm2obj %s --cpu=native,x86-64 -o %t/native && %python %helpers/status.py 73 %t/native
;; RUN: %wasm2obj %s --cpu=x86-64,x86-64,native -o %t/three && %python %helpers/status.py 73 %t/three
;; RUN: llvm-nm %t/app | grep -c " wasm.bits$" | FileCheck %s --check-prefix THREE
;; THREE: {{^}}3{{$}}
;; RUN: llvm-nm %t/app | grep -c " wasm2obj.image$" | FileCheck %s --check-prefix ONE
;; ONE: {{^}}1{{$}}
;; RUN: %wasm2obj inspect %t/app | FileCheck %s --check-prefix INSPECT
;; INSPECT: CPU x86-64-v4: {{.*}}avx512f
;; INSPECT-NEXT: CPU x86-64:{{ *$}}
;; INSPECT-NEXT: CPU x86-64-v2: sse3 ssse3 sse4.1 sse4.2 popcnt{{$}}
;; RUN: %wasm2obj %s -j 1 --cpu=x86-64-v4,x86-64,x86-64-v2 --target=x86_64-linux-gnu -o %t/again
;; RUN: cmp %t/app %t/again

(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (tag $e (param i32))
  (memory (export "memory") 1)
  (data (i32.const 16) "A")
  (func $bits (param i32) (result i32) (i32.popcnt (local.get 0)))
  (func $throws (param i32) (throw $e (local.get 0)))
  (func (export "_start")
    ;; 8 bits and the byte 65, by an exception
    (call $proc_exit
      (i32.add (call $bits (i32.load8_u (i32.const 1024)))
        (i32.add (i32.const 8)
          (block $caught (result i32)
            (try_table (catch $e $caught) (call $throws (i32.load8_u (i32.const 16))))
            (i32.const 0)))))))
