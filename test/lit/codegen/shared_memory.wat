;; Checks of bounds load the size of a shared memory anew, and a changed word is stored as a whole.
;; RUN: %wasm2obj --bounds=explicit --emit=llvm-ir %s -o - | FileCheck %s
;; RUN: %wasm2obj %v1 --emit=asm %s -o - | FileCheck %s --check-prefix ASM
(module
  (memory 1 4 shared)
  ;; CHECK-LABEL: define {{.*}} @wasm.twice(
  ;; CHECK: load atomic i64, ptr %{{.*}} unordered
  ;; CHECK: load atomic i32, ptr %{{.*}} seq_cst
  ;; CHECK: load atomic i64, ptr %{{.*}} unordered
  (func (export "twice") (param i32) (result i32)
    (i32.add
      (i32.add (i32.load (local.get 0)) (i32.atomic.load (i32.const 0)))
      (i32.load (local.get 0))))
  ;; CHECK-LABEL: define {{.*}} @wasm.size(
  ;; CHECK: load atomic i64, ptr %{{.*}} seq_cst
  (func (export "size") (result i32) (memory.size))
  ;; CHECK-LABEL: define {{.*}} @wasm.change(
  ;; ASM-LABEL: wasm.change:
  ;; ASM-NOT: orb
  ;; ASM: orl $256
  (func (export "change") (param i32)
    (i32.store (local.get 0) (i32.or (i32.load (local.get 0)) (i32.const 256)))))
