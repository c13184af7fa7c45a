;; One result is returned as itself, two as a pair, more through the buffer of ExecState.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  ;; CHECK: define {{.*}}fastcc { i32, double } @wasm.two(
  ;; CHECK: ret { i32, double }
  (func $two (result i32 f64) (i32.const 1) (f64.const 2))

  ;; CHECK: define {{.*}}fastcc void @wasm.three(
  ;; CHECK: load ptr, {{.*}}!invariant.load
  ;; CHECK: store i32
  ;; CHECK: store i64
  ;; CHECK: store float
  ;; CHECK: ret void
  (func $three (result i32 i64 f32) (i32.const 1) (i64.const 2) (f32.const 3))

  ;; CHECK-LABEL: define {{.*}}@wasm.drop3(
  ;; CHECK: call fastcc void @wasm.three
  ;; CHECK: load i32
  ;; CHECK: load i64
  ;; CHECK: load float
  (func $drop3
    (call $three)
    (drop) (drop) (drop)))
