;; Vector instructions on constants are computed by the compiler, also those that are an intrinsic of the
;; target.
;;
;; RUN: %wasm2obj -O2 --target x86_64-linux-gnu --cpu x86-64 %s -o %t.v1.ll
;; RUN: FileCheck %s --input-file %t.v1.ll
;; RUN: %wasm2obj -O2 --target x86_64-linux-gnu --cpu x86-64-v3 %s -o %t.v3.ll
;; RUN: FileCheck %s --input-file %t.v3.ll

(module
  ;; CHECK-LABEL: define {{.*}}@wasm.narrow(
  ;; CHECK: ret <2 x i64> <i64 281472829227008, i64 281470681808895>
  (func $narrow (export "narrow") (result v128)
    (i16x8.narrow_i32x4_u (v128.const i32x4 -1 32768 65536 0) (v128.const i32x4 65535 0 65535 0)))

  ;; CHECK-LABEL: define {{.*}}@wasm.average(
  ;; CHECK: ret <2 x i64> splat (i64 144680345676153346)
  (func $average (export "average") (result v128)
    (i8x16.avgr_u (i8x16.splat (i32.const 1)) (i8x16.splat (i32.const 2))))

  ;; CHECK-LABEL: define {{.*}}@wasm.shift(
  ;; CHECK: ret <2 x i64> splat (i64 -2)
  (func $shift (export "shift") (result v128)
    (i64x2.shr_s (v128.const i64x2 -4 -4) (i32.const 65)))

  ;; CHECK-LABEL: define {{.*}}@wasm.dot(
  ;; CHECK: ret <2 x i64> splat (i64 103079215128)
  (func $dot (export "dot") (result v128)
    (i32x4.dot_i16x8_s (i16x8.splat (i32.const 3)) (i16x8.splat (i32.const 4))))

  ;; CHECK-LABEL: define {{.*}}@wasm.pairs(
  ;; CHECK: ret <2 x i64> splat (i64 -281479271743490)
  (func $pairs (export "pairs") (result v128)
    (i16x8.extadd_pairwise_i8x16_s (i8x16.splat (i32.const -1))))

  ;; CHECK-LABEL: define {{.*}}@wasm.product(
  ;; CHECK: ret <2 x i64> splat (i64 51539607564)
  (func $product (export "product") (result v128)
    (i32x4.extmul_high_i16x8_s (i16x8.splat (i32.const 3)) (i16x8.splat (i32.const 4))))

  ;; CHECK-LABEL: define {{.*}}@wasm.less(
  ;; CHECK: ret <2 x i64> <i64 -1, i64 0>
  (func $less (export "less") (result v128)
    (i64x2.lt_s (v128.const i64x2 -1 1) (v128.const i64x2 0 0)))

  ;; CHECK-LABEL: define {{.*}}@wasm.bits(
  ;; CHECK: ret i32 1
  (func $bits (export "bits") (result i32)
    (i32.and (i32x4.bitmask (v128.const i32x4 -1 0 -1 0))
             (i8x16.all_true (i8x16.splat (i32.const 7))))))
