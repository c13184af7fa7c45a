;; Growing: old size, limits, new pages zeroed and usable, the old content in place.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasm2obj --bounds=explicit %s -o %t.e.so
;; RUN: %wasmrun --invoke test %t.so | FileCheck %s
;; RUN: %wasmrun --invoke test %t.e.so | FileCheck %s
;; CHECK:      {{^}}1{{$}}
;; CHECK-NEXT: {{^}}3{{$}}
;; CHECK-NEXT: {{^}}-1{{$}}
;; CHECK-NEXT: {{^}}3{{$}}
;; CHECK-NEXT: {{^}}0{{$}}
;; CHECK-NEXT: {{^}}7{{$}}
(module
  (memory 1 5)
  (func (export "test") (result i32 i32 i32 i32 i32 i32)
    (i32.store (i32.const 65532) (i32.const 7))
    (memory.grow (i32.const 2))
    (memory.size)
    (memory.grow (i32.const 3))
    (memory.size)
    (i32.load (i32.const 196604))
    (i32.load (i32.const 65532))))
