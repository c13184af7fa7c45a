;; A load whose value is unused is kept by the optimizer, since it may trap; computations with the
;; value are not.
;;
;; RUN: %wasm2obj -O2 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (memory 1)
  ;; CHECK-LABEL: define {{.*}}@wasm.dead(
  ;; CHECK: load volatile i32
  ;; CHECK-NOT: mul
  ;; CHECK: ret void
  (func $dead (export "dead") (param i32)
    (drop (i32.mul (i32.load (local.get 0)) (i32.const 3)))))
