;; Bulk instructions compare their ranges with the memory's size before anything is written. Those
;; of small constant sizes are then loads and stores, all loads first; others call the C library.
;;
;; REQUIRES: x86_64
;; RUN: %wasm2obj --cpu x86-64 --emit=asm %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s

(module
  (memory 1)

  ;; CHECK-LABEL: wasm.copy_64:
  ;; CHECK-COUNT-2: cmpq
  ;; CHECK-COUNT-4: movups {{.*}}), %xmm
  ;; CHECK-COUNT-4: movups %xmm
  ;; CHECK: retq
  (func (export "copy_64") (param i32 i32)
    (memory.copy (local.get 0) (local.get 1) (i32.const 64)))

  ;; CHECK-LABEL: wasm.fill_64:
  ;; CHECK: cmpq
  ;; CHECK-COUNT-4: movdqu %xmm
  ;; CHECK: retq
  (func (export "fill_64") (param i32 i32)
    (memory.fill (local.get 0) (local.get 1) (i32.const 64)))

  ;; CHECK-LABEL: wasm.copy:
  ;; CHECK-COUNT-2: cmpq
  ;; CHECK: {{call|jmp}}{{.*}}memmove
  (func (export "copy") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2))))
