;; The guest's environment is what --env gives: NAME=VALUE, or NAME to pass wasmrun's own on.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: env SECRET=1 %wasmrun %t.so | count 0
;; RUN: env PASSED=on SECRET=1 %wasmrun --env A=1 --env PASSED --env EMPTY= --env B=x=y %t.so | FileCheck %s
;; CHECK-NOT: SECRET
;; CHECK-DAG: {{^}}A=1{{$}}
;; CHECK-DAG: {{^}}PASSED=on{{$}}
;; CHECK-DAG: {{^}}EMPTY={{$}}
;; CHECK-DAG: {{^}}B=x=y{{$}}
;; CHECK-NOT: SECRET

;; --inherit-env passes all on, but for what --env says; of two values the last counts.
;; RUN: env -i A=0 B=2 %wasmrun --env A=1 --inherit-env --env A=3 --env C= %t.so | FileCheck %s --check-prefix ALL
;; RUN: env -i A=0 B=2 %wasmrun --inherit-env --env A=3 --env C= %t.so | count 3
;; ALL-DAG: {{^}}A=3{{$}}
;; ALL-DAG: {{^}}B=2{{$}}
;; ALL-DAG: {{^}}C={{$}}

(module
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (local $at i32) (local $end i32)
    (if (call $sizes (i32.const 0) (i32.const 4)) (then unreachable))
    (if (call $get (i32.const 4096) (i32.const 8192)) (then unreachable))
    (local.set $at (i32.const 8192))
    (local.set $end (i32.add (local.get $at) (i32.load (i32.const 4))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (if (i32.eqz (i32.load8_u (local.get $at)))
          (then (i32.store8 (local.get $at) (i32.const 10))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.store (i32.const 16) (i32.const 8192))
    (i32.store (i32.const 20) (i32.load (i32.const 4)))
    (if (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))
      (then unreachable))))
