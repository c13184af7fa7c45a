;; Explicit traps are llvm.ubsantrap with the code of runtime/abi/traps.def, in blocks that are
;; marked unlikely; division never reaches LLVM's undefined cases.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  ;; CHECK-LABEL: define {{.*}}@wasm.unreachable(
  ;; CHECK: call void @llvm.ubsantrap(i8 1)
  ;; CHECK-NEXT: unreachable
  (func $unreachable unreachable)

  ;; CHECK-LABEL: define {{.*}}@wasm.div_s(
  ;; CHECK: icmp eq i32 {{.*}}, 0
  ;; CHECK: br i1 {{.*}}!prof
  ;; CHECK: call void @llvm.ubsantrap(i8 7)
  ;; CHECK: icmp eq i32 {{.*}}, -2147483648
  ;; CHECK: call void @llvm.ubsantrap(i8 8)
  ;; CHECK: sdiv i32
  (func $div_s (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: define {{.*}}@wasm.rem_s(
  ;; CHECK: call void @llvm.ubsantrap(i8 7)
  ;; CHECK-NOT: @llvm.ubsantrap(i8 8)
  ;; CHECK: srem i64
  (func $rem_s (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: define {{.*}}@wasm.trunc(
  ;; CHECK-DAG: fcmp uno
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 9)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 8)
  ;; CHECK-DAG: fptosi double
  ;; CHECK: {{^}}}
  (func $trunc (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))

  ;; CHECK-LABEL: define {{.*}}@wasm.trunc_sat(
  ;; CHECK-NOT: ubsantrap
  ;; CHECK: call i32 @llvm.fptoui.sat.i32.f32
  (func $trunc_sat (param f32) (result i32) (i32.trunc_sat_f32_u (local.get 0))))
