;; A function with optnone has no optsize: LLVM's verifier would refuse both together.
;;
;; RUN: %wasm2obj -Os %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; CHECK: Function Attrs: {{.*}}optsize
;; CHECK-LABEL: define {{.*}}@wasm.f(
;; CHECK-NOT: optsize optnone
;; CHECK: Function Attrs: naked noinline {{.*}}optnone
;; CHECK-NOT: optsize optnone
;; CHECK: define {{.*}}@memcpy

(module
  (memory 1)
  (func $f (export "f") (param i32) (memory.fill (i32.const 0) (local.get 0) (i32.const 8))))
