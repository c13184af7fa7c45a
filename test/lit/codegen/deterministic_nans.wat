;; In the deterministic profile a compare and a select follow an operation that can make a NaN: not one
;; that passes a NaN on, and of a chain only the last.
;;
;; RUN: %wasm2obj -O0 --deterministic %s --emit=llvm-ir -o - | FileCheck %s --implicit-check-not="fcmp uno"
;; RUN: %wasm2obj -O0 %s --emit=llvm-ir -o - | FileCheck %s --check-prefix ANY
;; ANY-NOT: fcmp uno

(module
  ;; CHECK-LABEL: define {{.*}}@wasm.add(
  ;; CHECK: %[[SUM:.*]] = fadd float
  ;; CHECK: %[[IS_NAN:.*]] = fcmp uno float %[[SUM]], %[[SUM]]
  ;; CHECK: select i1 %[[IS_NAN]], float 0x7FF8000000000000, float %[[SUM]]
  (func $add (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: define {{.*}}@wasm.lanes(
  ;; CHECK: %[[PRODUCT:.*]] = fmul <2 x double>
  ;; CHECK: %[[ARE_NANS:.*]] = fcmp uno <2 x double> %[[PRODUCT]], %[[PRODUCT]]
  ;; CHECK: select <2 x i1> %[[ARE_NANS]], <2 x double> splat (double 0x7FF8000000000000)
  (func $lanes (param v128 v128) (result v128) (f64x2.mul (local.get 0) (local.get 1)))

  ;; The optimizer removes the canonicalization of the sum and the root, which are only operands.
  ;; CHECK-LABEL: define {{.*}}@wasm.chain(
  ;; CHECK: %[[SUM:.*]] = fadd float
  ;; CHECK: fcmp uno float %[[SUM]]
  ;; CHECK: %[[ROOT:.*]] = call float @llvm.sqrt.f32(float %[[SUM]])
  ;; CHECK: %[[FENCED:.*]] = call float @llvm.arithmetic.fence.f32(float %[[ROOT]])
  ;; CHECK: fcmp uno float %[[FENCED]]
  ;; CHECK: fcmp olt float %[[FENCED]],
  (func $chain (param f32 f32) (result i32)
    (f32.lt (f32.sqrt (f32.add (local.get 0) (local.get 1))) (local.get 0)))

  ;; CHECK-LABEL: define {{.*}}@wasm.bits(
  (func $bits (param f32 v128) (result v128)
    (f32x4.pmin (f32x4.abs (local.get 1))
      (f32x4.neg (f32x4.splat (f32.copysign (f32.neg (local.get 0)) (f32.abs (local.get 0)))))))

  ;; CHECK-LABEL: define {{.*}}@wasm.numbers(
  (func $numbers (param i32 v128) (result f32 v128)
    (f32.convert_i32_u (local.get 0)) (f64x2.convert_low_i32x4_s (local.get 1))))
