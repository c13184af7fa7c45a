;; Operations on bits, and tests of all lanes.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: v128.not: pcmpeqd pxor
  ;; V2: v128.not: pcmpeqd pxor
  ;; V3: v128.not: vpcmpeqd vpxor
  ;; ARM: v128.not: mvn
  (func $v128.not (param v128) (result v128)
    (v128.not (local.get 0)))

  ;; V1: v128.and: andps
  ;; V2: v128.and: andps
  ;; V3: v128.and: vandps
  ;; ARM: v128.and: and
  (func $v128.and (param v128 v128) (result v128)
    (v128.and (local.get 0) (local.get 1)))

  ;; V1: v128.andnot: andnps
  ;; V2: v128.andnot: andnps
  ;; V3: v128.andnot: vandnps
  ;; ARM: v128.andnot: bic
  (func $v128.andnot (param v128 v128) (result v128)
    (v128.andnot (local.get 0) (local.get 1)))

  ;; V1: v128.or: orps
  ;; V2: v128.or: orps
  ;; V3: v128.or: vorps
  ;; ARM: v128.or: orr
  (func $v128.or (param v128 v128) (result v128)
    (v128.or (local.get 0) (local.get 1)))

  ;; V1: v128.xor: xorps
  ;; V2: v128.xor: xorps
  ;; V3: v128.xor: vxorps
  ;; ARM: v128.xor: eor
  (func $v128.xor (param v128 v128) (result v128)
    (v128.xor (local.get 0) (local.get 1)))

  ;; V1: v128.bitselect: andps andnps orps
  ;; V2: v128.bitselect: andps andnps orps
  ;; V3: v128.bitselect: vandnps vandps vorps
  ;; ARM: v128.bitselect: bif
  (func $v128.bitselect (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: v128.any_true: pxor pcmpeqd movmskps xorl xorl setne
  ;; V2: v128.any_true: xorl ptest setne
  ;; V3: v128.any_true: xorl vptest setne
  ;; ARM: v128.any_true: umaxv fmov cmp cset
  (func $v128.any_true (param v128) (result i32)
    (v128.any_true (local.get 0)))

  ;; V1: i8x16.all_true: pxor pcmpeqb pmovmskb xorl testl sete
  ;; V2: i8x16.all_true: pxor pcmpeqb pmovmskb xorl testl sete
  ;; V3: i8x16.all_true: vpxor vpcmpeqb vpmovmskb xorl testl sete
  ;; ARM: i8x16.all_true: uminv fmov cmp cset
  (func $i8x16.all_true (param v128) (result i32)
    (i8x16.all_true (local.get 0)))

  ;; V1: i16x8.all_true: pxor pcmpeqw pmovmskb xorl testl sete
  ;; V2: i16x8.all_true: pxor pcmpeqw pmovmskb xorl testl sete
  ;; V3: i16x8.all_true: vpxor vpcmpeqw vpmovmskb xorl testl sete
  ;; ARM: i16x8.all_true: uminv fmov cmp cset
  (func $i16x8.all_true (param v128) (result i32)
    (i16x8.all_true (local.get 0)))

  ;; V1: i32x4.all_true: pxor pcmpeqd movmskps xorl testl sete
  ;; V2: i32x4.all_true: pxor pcmpeqd movmskps xorl testl sete
  ;; V3: i32x4.all_true: vpxor vpcmpeqd xorl vtestps sete
  ;; ARM: i32x4.all_true: uminv fmov cmp cset
  (func $i32x4.all_true (param v128) (result i32)
    (i32x4.all_true (local.get 0)))

  ;; V1: i64x2.all_true: pxor pcmpeqd pshufd pand movmskpd xorl testl sete
  ;; V2: i64x2.all_true: pxor pcmpeqq movmskpd xorl testl sete
  ;; V3: i64x2.all_true: vpxor vpcmpeqq xorl vtestpd sete
  ;; ARM: i64x2.all_true: cmtst uminv fmov cmp cset
  (func $i64x2.all_true (param v128) (result i32)
    (i64x2.all_true (local.get 0)))

  ;; V1: i8x16.bitmask: pmovmskb
  ;; V2: i8x16.bitmask: pmovmskb
  ;; V3: i8x16.bitmask: vpmovmskb
  ;; ARM: i8x16.bitmask: adrp cmlt ldr and ext zip1 addv fmov
  (func $i8x16.bitmask (param v128) (result i32)
    (i8x16.bitmask (local.get 0)))

  ;; V1: i16x8.bitmask: packsswb pmovmskb movzbl
  ;; V2: i16x8.bitmask: packsswb pmovmskb movzbl
  ;; V3: i16x8.bitmask: vpacksswb vpmovmskb movzbl
  ;; ARM: i16x8.bitmask: adrp cmlt ldr and addv fmov and
  (func $i16x8.bitmask (param v128) (result i32)
    (i16x8.bitmask (local.get 0)))

  ;; V1: i32x4.bitmask: movmskps
  ;; V2: i32x4.bitmask: movmskps
  ;; V3: i32x4.bitmask: vmovmskps
  ;; ARM: i32x4.bitmask: adrp cmlt ldr and addv fmov and
  (func $i32x4.bitmask (param v128) (result i32)
    (i32x4.bitmask (local.get 0)))

  ;; V1: i64x2.bitmask: movmskpd
  ;; V2: i64x2.bitmask: movmskpd
  ;; V3: i64x2.bitmask: vmovmskpd
  ;; ARM: i64x2.bitmask: ushr mov fmov orr
  (func $i64x2.bitmask (param v128) (result i32)
    (i64x2.bitmask (local.get 0))))
