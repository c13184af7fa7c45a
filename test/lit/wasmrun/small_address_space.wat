;; In a small address space, memories with checked accesses can be created; for others the error has the
;; reason.
;;
;; UNSUPPORTED: sanitizers, emulated
;; RUN: %wasm2obj --bounds=explicit %s -o %t.so
;; RUN: sh -c "ulimit -v 2097152 && exec %wasmrun --invoke f %t.so" | FileCheck %s
;; CHECK: {{^}}1001{{$}}
;;
;; The table of types is smaller then, too.
;; RUN: %wasm2obj --bounds=explicit %helpers/add.wat -o %t.add.so
;; RUN: sh -c "ulimit -v 200000 && exec %wasmrun --invoke add %t.add.so 1 2" | FileCheck %s --check-prefix ADD
;; ADD: {{^}}3{{$}}
;;
;; RUN: %wasm2obj %s -o %t.guard.so
;; RUN: not sh -c "ulimit -v 2097152 && exec %wasmrun --invoke f %t.guard.so" 2>&1 | FileCheck %s --check-prefix GUARD
;; GUARD: that takes 8590065664 bytes of address space, of which `ulimit -v` allows this process 2147483648 in all; {{.*}}--bounds=explicit

(module
  (memory (export "m") 0)
  (memory $other 1)
  (func (export "f") (result i32)
    (drop (memory.grow 0 (i32.const 1)))
    (drop (memory.grow $other (i32.const 1)))
    (drop (memory.grow 0 (i32.const 999)))
    (i32.store 0 (i32.const 65535996) (i32.const 1))
    (i32.store $other (i32.const 131000) (i32.const 1))
    (i32.add (memory.size 0) (i32.load 0 (i32.const 65535996)))))
