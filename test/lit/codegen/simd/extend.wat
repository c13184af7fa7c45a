;; Extending half of a vector, and adding extended neighbors.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i16x8.extend_low_i8x16_s: punpcklbw psraw
  ;; V2: i16x8.extend_low_i8x16_s: pmovsxbw
  ;; V3: i16x8.extend_low_i8x16_s: vpmovsxbw
  ;; ARM: i16x8.extend_low_i8x16_s: sshll
  (func $i16x8.extend_low_i8x16_s (param v128) (result v128)
    (i16x8.extend_low_i8x16_s (local.get 0)))

  ;; V1: i16x8.extend_low_i8x16_u: pxor punpcklbw
  ;; V2: i16x8.extend_low_i8x16_u: pmovzxbw
  ;; V3: i16x8.extend_low_i8x16_u: vpmovzxbw
  ;; ARM: i16x8.extend_low_i8x16_u: ushll
  (func $i16x8.extend_low_i8x16_u (param v128) (result v128)
    (i16x8.extend_low_i8x16_u (local.get 0)))

  ;; V1: i32x4.extend_low_i16x8_s: punpcklwd psrad
  ;; V2: i32x4.extend_low_i16x8_s: pmovsxwd
  ;; V3: i32x4.extend_low_i16x8_s: vpmovsxwd
  ;; ARM: i32x4.extend_low_i16x8_s: sshll
  (func $i32x4.extend_low_i16x8_s (param v128) (result v128)
    (i32x4.extend_low_i16x8_s (local.get 0)))

  ;; V1: i32x4.extend_low_i16x8_u: pxor punpcklwd
  ;; V2: i32x4.extend_low_i16x8_u: pmovzxwd
  ;; V3: i32x4.extend_low_i16x8_u: vpmovzxwd
  ;; ARM: i32x4.extend_low_i16x8_u: ushll
  (func $i32x4.extend_low_i16x8_u (param v128) (result v128)
    (i32x4.extend_low_i16x8_u (local.get 0)))

  ;; V1: i64x2.extend_low_i32x4_s: pxor pcmpgtd punpckldq
  ;; V2: i64x2.extend_low_i32x4_s: pmovsxdq
  ;; V3: i64x2.extend_low_i32x4_s: vpmovsxdq
  ;; ARM: i64x2.extend_low_i32x4_s: sshll
  (func $i64x2.extend_low_i32x4_s (param v128) (result v128)
    (i64x2.extend_low_i32x4_s (local.get 0)))

  ;; V1: i64x2.extend_low_i32x4_u: xorps unpcklps
  ;; V2: i64x2.extend_low_i32x4_u: pmovzxdq
  ;; V3: i64x2.extend_low_i32x4_u: vpmovzxdq
  ;; ARM: i64x2.extend_low_i32x4_u: ushll
  (func $i64x2.extend_low_i32x4_u (param v128) (result v128)
    (i64x2.extend_low_i32x4_u (local.get 0)))

  ;; V1: i16x8.extend_high_i8x16_s: punpckhbw psraw
  ;; V2: i16x8.extend_high_i8x16_s: pshufd pmovsxbw
  ;; V3: i16x8.extend_high_i8x16_s: vpshufd vpmovsxbw
  ;; ARM: i16x8.extend_high_i8x16_s: sshll2
  (func $i16x8.extend_high_i8x16_s (param v128) (result v128)
    (i16x8.extend_high_i8x16_s (local.get 0)))

  ;; V1: i16x8.extend_high_i8x16_u: pxor punpckhbw
  ;; V2: i16x8.extend_high_i8x16_u: pxor punpckhbw
  ;; V3: i16x8.extend_high_i8x16_u: vpxor vpunpckhbw
  ;; ARM: i16x8.extend_high_i8x16_u: ushll2
  (func $i16x8.extend_high_i8x16_u (param v128) (result v128)
    (i16x8.extend_high_i8x16_u (local.get 0)))

  ;; V1: i32x4.extend_high_i16x8_s: punpckhwd psrad
  ;; V2: i32x4.extend_high_i16x8_s: pshufd pmovsxwd
  ;; V3: i32x4.extend_high_i16x8_s: vpshufd vpmovsxwd
  ;; ARM: i32x4.extend_high_i16x8_s: sshll2
  (func $i32x4.extend_high_i16x8_s (param v128) (result v128)
    (i32x4.extend_high_i16x8_s (local.get 0)))

  ;; V1: i32x4.extend_high_i16x8_u: pxor punpckhwd
  ;; V2: i32x4.extend_high_i16x8_u: pxor punpckhwd
  ;; V3: i32x4.extend_high_i16x8_u: vpxor vpunpckhwd
  ;; ARM: i32x4.extend_high_i16x8_u: ushll2
  (func $i32x4.extend_high_i16x8_u (param v128) (result v128)
    (i32x4.extend_high_i16x8_u (local.get 0)))

  ;; V1: i64x2.extend_high_i32x4_s: pshufd pxor pcmpgtd punpckldq
  ;; V2: i64x2.extend_high_i32x4_s: pshufd pmovsxdq
  ;; V3: i64x2.extend_high_i32x4_s: vpshufd vpmovsxdq
  ;; ARM: i64x2.extend_high_i32x4_s: sshll2
  (func $i64x2.extend_high_i32x4_s (param v128) (result v128)
    (i64x2.extend_high_i32x4_s (local.get 0)))

  ;; V1: i64x2.extend_high_i32x4_u: xorps unpckhps
  ;; V2: i64x2.extend_high_i32x4_u: xorps unpckhps
  ;; V3: i64x2.extend_high_i32x4_u: vxorps vunpckhps
  ;; ARM: i64x2.extend_high_i32x4_u: ushll2
  (func $i64x2.extend_high_i32x4_u (param v128) (result v128)
    (i64x2.extend_high_i32x4_u (local.get 0)))

  ;; V1: i16x8.extadd_pairwise_i8x16_s: psllw psraw psraw paddw
  ;; V2: i16x8.extadd_pairwise_i8x16_s: movdqa pmaddubsw
  ;; V3: i16x8.extadd_pairwise_i8x16_s: vpbroadcastd vpmaddubsw
  ;; ARM: i16x8.extadd_pairwise_i8x16_s: saddlp
  (func $i16x8.extadd_pairwise_i8x16_s (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_s (local.get 0)))

  ;; V1: i16x8.extadd_pairwise_i8x16_u: movdqa pand psrlw paddw
  ;; V2: i16x8.extadd_pairwise_i8x16_u: pmaddubsw
  ;; V3: i16x8.extadd_pairwise_i8x16_u: vpmaddubsw
  ;; ARM: i16x8.extadd_pairwise_i8x16_u: uaddlp
  (func $i16x8.extadd_pairwise_i8x16_u (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_u (local.get 0)))

  ;; V1: i32x4.extadd_pairwise_i16x8_s: pmaddwd
  ;; V2: i32x4.extadd_pairwise_i16x8_s: pmaddwd
  ;; V3: i32x4.extadd_pairwise_i16x8_s: vpmaddwd
  ;; ARM: i32x4.extadd_pairwise_i16x8_s: saddlp
  (func $i32x4.extadd_pairwise_i16x8_s (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_s (local.get 0)))

  ;; V1: i32x4.extadd_pairwise_i16x8_u: movdqa pand psrld paddd
  ;; V2: i32x4.extadd_pairwise_i16x8_u: pxor pblendw psrld paddd
  ;; V3: i32x4.extadd_pairwise_i16x8_u: vpxor vpblendw vpsrld vpaddd
  ;; ARM: i32x4.extadd_pairwise_i16x8_u: uaddlp
  (func $i32x4.extadd_pairwise_i16x8_u (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_u (local.get 0))))
