;; Integer comparisons.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i8x16.eq: pcmpeqb
  ;; V2: i8x16.eq: pcmpeqb
  ;; V3: i8x16.eq: vpcmpeqb
  ;; ARM: i8x16.eq: cmeq
  (func $i8x16.eq (param v128 v128) (result v128)
    (i8x16.eq (local.get 0) (local.get 1)))

  ;; V1: i16x8.eq: pcmpeqw
  ;; V2: i16x8.eq: pcmpeqw
  ;; V3: i16x8.eq: vpcmpeqw
  ;; ARM: i16x8.eq: cmeq
  (func $i16x8.eq (param v128 v128) (result v128)
    (i16x8.eq (local.get 0) (local.get 1)))

  ;; V1: i32x4.eq: pcmpeqd
  ;; V2: i32x4.eq: pcmpeqd
  ;; V3: i32x4.eq: vpcmpeqd
  ;; ARM: i32x4.eq: cmeq
  (func $i32x4.eq (param v128 v128) (result v128)
    (i32x4.eq (local.get 0) (local.get 1)))

  ;; V1: i64x2.eq: pcmpeqd pshufd pand
  ;; V2: i64x2.eq: pcmpeqq
  ;; V3: i64x2.eq: vpcmpeqq
  ;; ARM: i64x2.eq: cmeq
  (func $i64x2.eq (param v128 v128) (result v128)
    (i64x2.eq (local.get 0) (local.get 1)))

  ;; V1: i8x16.ne: pcmpeqb pcmpeqd pxor
  ;; V2: i8x16.ne: pcmpeqb pcmpeqd pxor
  ;; V3: i8x16.ne: vpcmpeqb vpcmpeqd vpxor
  ;; ARM: i8x16.ne: cmeq mvn
  (func $i8x16.ne (param v128 v128) (result v128)
    (i8x16.ne (local.get 0) (local.get 1)))

  ;; V1: i16x8.ne: pcmpeqw pcmpeqd pxor
  ;; V2: i16x8.ne: pcmpeqw pcmpeqd pxor
  ;; V3: i16x8.ne: vpcmpeqw vpcmpeqd vpxor
  ;; ARM: i16x8.ne: cmeq mvn
  (func $i16x8.ne (param v128 v128) (result v128)
    (i16x8.ne (local.get 0) (local.get 1)))

  ;; V1: i32x4.ne: pcmpeqd pcmpeqd pxor
  ;; V2: i32x4.ne: pcmpeqd pcmpeqd pxor
  ;; V3: i32x4.ne: vpcmpeqd vpcmpeqd vpxor
  ;; ARM: i32x4.ne: cmeq mvn
  (func $i32x4.ne (param v128 v128) (result v128)
    (i32x4.ne (local.get 0) (local.get 1)))

  ;; V1: i64x2.ne: pcmpeqd pshufd pand pcmpeqd pxor
  ;; V2: i64x2.ne: pcmpeqq pcmpeqd pxor
  ;; V3: i64x2.ne: vpcmpeqq vpcmpeqd vpxor
  ;; ARM: i64x2.ne: cmeq mvn
  (func $i64x2.ne (param v128 v128) (result v128)
    (i64x2.ne (local.get 0) (local.get 1)))

  ;; V1: i8x16.lt_s: pcmpgtb
  ;; V2: i8x16.lt_s: pcmpgtb
  ;; V3: i8x16.lt_s: vpcmpgtb
  ;; ARM: i8x16.lt_s: cmgt
  (func $i8x16.lt_s (param v128 v128) (result v128)
    (i8x16.lt_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.lt_u: pmaxub pcmpeqb pcmpeqd pxor
  ;; V2: i8x16.lt_u: pmaxub pcmpeqb pcmpeqd pxor
  ;; V3: i8x16.lt_u: vpmaxub vpcmpeqb vpcmpeqd vpxor
  ;; ARM: i8x16.lt_u: cmhi
  (func $i8x16.lt_u (param v128 v128) (result v128)
    (i8x16.lt_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.lt_s: pcmpgtw
  ;; V2: i16x8.lt_s: pcmpgtw
  ;; V3: i16x8.lt_s: vpcmpgtw
  ;; ARM: i16x8.lt_s: cmgt
  (func $i16x8.lt_s (param v128 v128) (result v128)
    (i16x8.lt_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.lt_u: movdqa pxor pxor pcmpgtw
  ;; V2: i16x8.lt_u: pmaxuw pcmpeqw pcmpeqd pxor
  ;; V3: i16x8.lt_u: vpmaxuw vpcmpeqw vpcmpeqd vpxor
  ;; ARM: i16x8.lt_u: cmhi
  (func $i16x8.lt_u (param v128 v128) (result v128)
    (i16x8.lt_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.lt_s: pcmpgtd
  ;; V2: i32x4.lt_s: pcmpgtd
  ;; V3: i32x4.lt_s: vpcmpgtd
  ;; ARM: i32x4.lt_s: cmgt
  (func $i32x4.lt_s (param v128 v128) (result v128)
    (i32x4.lt_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.lt_u: movdqa pxor pxor pcmpgtd
  ;; V2: i32x4.lt_u: pmaxud pcmpeqd pcmpeqd pxor
  ;; V3: i32x4.lt_u: vpmaxud vpcmpeqd vpcmpeqd vpxor
  ;; ARM: i32x4.lt_u: cmhi
  (func $i32x4.lt_u (param v128 v128) (result v128)
    (i32x4.lt_u (local.get 0) (local.get 1)))

  ;; V1: i64x2.lt_s: psubq pcmpeqd pand pcmpgtd por pshufd
  ;; V2: i64x2.lt_s: pcmpgtq
  ;; V3: i64x2.lt_s: vpcmpgtq
  ;; ARM: i64x2.lt_s: cmgt
  (func $i64x2.lt_s (param v128 v128) (result v128)
    (i64x2.lt_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.gt_s: pcmpgtb
  ;; V2: i8x16.gt_s: pcmpgtb
  ;; V3: i8x16.gt_s: vpcmpgtb
  ;; ARM: i8x16.gt_s: cmgt
  (func $i8x16.gt_s (param v128 v128) (result v128)
    (i8x16.gt_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.gt_u: pminub pcmpeqb pcmpeqd pxor
  ;; V2: i8x16.gt_u: pminub pcmpeqb pcmpeqd pxor
  ;; V3: i8x16.gt_u: vpminub vpcmpeqb vpcmpeqd vpxor
  ;; ARM: i8x16.gt_u: cmhi
  (func $i8x16.gt_u (param v128 v128) (result v128)
    (i8x16.gt_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.gt_s: pcmpgtw
  ;; V2: i16x8.gt_s: pcmpgtw
  ;; V3: i16x8.gt_s: vpcmpgtw
  ;; ARM: i16x8.gt_s: cmgt
  (func $i16x8.gt_s (param v128 v128) (result v128)
    (i16x8.gt_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.gt_u: movdqa pxor pxor pcmpgtw
  ;; V2: i16x8.gt_u: pminuw pcmpeqw pcmpeqd pxor
  ;; V3: i16x8.gt_u: vpminuw vpcmpeqw vpcmpeqd vpxor
  ;; ARM: i16x8.gt_u: cmhi
  (func $i16x8.gt_u (param v128 v128) (result v128)
    (i16x8.gt_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.gt_s: pcmpgtd
  ;; V2: i32x4.gt_s: pcmpgtd
  ;; V3: i32x4.gt_s: vpcmpgtd
  ;; ARM: i32x4.gt_s: cmgt
  (func $i32x4.gt_s (param v128 v128) (result v128)
    (i32x4.gt_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.gt_u: movdqa pxor pxor pcmpgtd
  ;; V2: i32x4.gt_u: pminud pcmpeqd pcmpeqd pxor
  ;; V3: i32x4.gt_u: vpminud vpcmpeqd vpcmpeqd vpxor
  ;; ARM: i32x4.gt_u: cmhi
  (func $i32x4.gt_u (param v128 v128) (result v128)
    (i32x4.gt_u (local.get 0) (local.get 1)))

  ;; V1: i64x2.gt_s: psubq pcmpeqd pand pcmpgtd por pshufd
  ;; V2: i64x2.gt_s: pcmpgtq
  ;; V3: i64x2.gt_s: vpcmpgtq
  ;; ARM: i64x2.gt_s: cmgt
  (func $i64x2.gt_s (param v128 v128) (result v128)
    (i64x2.gt_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.le_s: pcmpgtb pcmpeqd pxor
  ;; V2: i8x16.le_s: pcmpgtb pcmpeqd pxor
  ;; V3: i8x16.le_s: vpcmpgtb vpcmpeqd vpxor
  ;; ARM: i8x16.le_s: cmge
  (func $i8x16.le_s (param v128 v128) (result v128)
    (i8x16.le_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.le_u: pminub pcmpeqb
  ;; V2: i8x16.le_u: pminub pcmpeqb
  ;; V3: i8x16.le_u: vpminub vpcmpeqb
  ;; ARM: i8x16.le_u: cmhs
  (func $i8x16.le_u (param v128 v128) (result v128)
    (i8x16.le_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.le_s: pcmpgtw pcmpeqd pxor
  ;; V2: i16x8.le_s: pcmpgtw pcmpeqd pxor
  ;; V3: i16x8.le_s: vpcmpgtw vpcmpeqd vpxor
  ;; ARM: i16x8.le_s: cmge
  (func $i16x8.le_s (param v128 v128) (result v128)
    (i16x8.le_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.le_u: psubusw pxor pcmpeqw
  ;; V2: i16x8.le_u: pminuw pcmpeqw
  ;; V3: i16x8.le_u: vpminuw vpcmpeqw
  ;; ARM: i16x8.le_u: cmhs
  (func $i16x8.le_u (param v128 v128) (result v128)
    (i16x8.le_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.le_s: pcmpgtd pcmpeqd pxor
  ;; V2: i32x4.le_s: pcmpgtd pcmpeqd pxor
  ;; V3: i32x4.le_s: vpcmpgtd vpcmpeqd vpxor
  ;; ARM: i32x4.le_s: cmge
  (func $i32x4.le_s (param v128 v128) (result v128)
    (i32x4.le_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.le_u: movdqa pxor pxor pcmpgtd pcmpeqd pxor
  ;; V2: i32x4.le_u: pminud pcmpeqd
  ;; V3: i32x4.le_u: vpminud vpcmpeqd
  ;; ARM: i32x4.le_u: cmhs
  (func $i32x4.le_u (param v128 v128) (result v128)
    (i32x4.le_u (local.get 0) (local.get 1)))

  ;; V1: i64x2.le_s: psubq pcmpeqd pcmpeqd pand pcmpgtd por pshufd pxor
  ;; V2: i64x2.le_s: pcmpgtq pcmpeqd pxor
  ;; V3: i64x2.le_s: vpcmpgtq vpcmpeqd vpxor
  ;; ARM: i64x2.le_s: cmge
  (func $i64x2.le_s (param v128 v128) (result v128)
    (i64x2.le_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.ge_s: pcmpgtb pcmpeqd pxor
  ;; V2: i8x16.ge_s: pcmpgtb pcmpeqd pxor
  ;; V3: i8x16.ge_s: vpcmpgtb vpcmpeqd vpxor
  ;; ARM: i8x16.ge_s: cmge
  (func $i8x16.ge_s (param v128 v128) (result v128)
    (i8x16.ge_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.ge_u: pmaxub pcmpeqb
  ;; V2: i8x16.ge_u: pmaxub pcmpeqb
  ;; V3: i8x16.ge_u: vpmaxub vpcmpeqb
  ;; ARM: i8x16.ge_u: cmhs
  (func $i8x16.ge_u (param v128 v128) (result v128)
    (i8x16.ge_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.ge_s: pcmpgtw pcmpeqd pxor
  ;; V2: i16x8.ge_s: pcmpgtw pcmpeqd pxor
  ;; V3: i16x8.ge_s: vpcmpgtw vpcmpeqd vpxor
  ;; ARM: i16x8.ge_s: cmge
  (func $i16x8.ge_s (param v128 v128) (result v128)
    (i16x8.ge_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.ge_u: psubusw pxor pcmpeqw
  ;; V2: i16x8.ge_u: pmaxuw pcmpeqw
  ;; V3: i16x8.ge_u: vpmaxuw vpcmpeqw
  ;; ARM: i16x8.ge_u: cmhs
  (func $i16x8.ge_u (param v128 v128) (result v128)
    (i16x8.ge_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.ge_s: pcmpgtd pcmpeqd pxor
  ;; V2: i32x4.ge_s: pcmpgtd pcmpeqd pxor
  ;; V3: i32x4.ge_s: vpcmpgtd vpcmpeqd vpxor
  ;; ARM: i32x4.ge_s: cmge
  (func $i32x4.ge_s (param v128 v128) (result v128)
    (i32x4.ge_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.ge_u: movdqa pxor pxor pcmpgtd pcmpeqd pxor
  ;; V2: i32x4.ge_u: pmaxud pcmpeqd
  ;; V3: i32x4.ge_u: vpmaxud vpcmpeqd
  ;; ARM: i32x4.ge_u: cmhs
  (func $i32x4.ge_u (param v128 v128) (result v128)
    (i32x4.ge_u (local.get 0) (local.get 1)))

  ;; V1: i64x2.ge_s: psubq pcmpeqd pcmpeqd pand pcmpgtd por pshufd pxor
  ;; V2: i64x2.ge_s: pcmpgtq pcmpeqd pxor
  ;; V3: i64x2.ge_s: vpcmpgtq vpcmpeqd vpxor
  ;; ARM: i64x2.ge_s: cmge
  (func $i64x2.ge_s (param v128 v128) (result v128)
    (i64x2.ge_s (local.get 0) (local.get 1))))
