;; Multiplication, of lanes, of lanes to lanes of twice the width, and with sums or rounding.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i16x8.mul: pmullw
  ;; V2: i16x8.mul: pmullw
  ;; V3: i16x8.mul: vpmullw
  ;; ARM: i16x8.mul: mul
  (func $i16x8.mul (param v128 v128) (result v128)
    (i16x8.mul (local.get 0) (local.get 1)))

  ;; V1: i32x4.mul: pshufd pmuludq pshufd pshufd pmuludq pshufd punpckldq
  ;; V2: i32x4.mul: pmulld
  ;; V3: i32x4.mul: vpmulld
  ;; ARM: i32x4.mul: mul
  (func $i32x4.mul (param v128 v128) (result v128)
    (i32x4.mul (local.get 0) (local.get 1)))

  ;; V1: i64x2.mul: psrlq pmuludq psrlq pmuludq paddq psllq pmuludq paddq
  ;; V2: i64x2.mul: psrlq pmuludq psrlq pmuludq paddq psllq pmuludq paddq
  ;; V3: i64x2.mul: vpsrlq vpmuludq vpsrlq vpmuludq vpaddq vpsllq vpmuludq vpaddq
  ;; ARM: i64x2.mul: rev64 xtn xtn mul uaddlp shl umlal
  (func $i64x2.mul (param v128 v128) (result v128)
    (i64x2.mul (local.get 0) (local.get 1)))

  ;; V1: i16x8.extmul_low_i8x16_s: punpcklbw psraw punpcklbw psraw pmullw
  ;; V2: i16x8.extmul_low_i8x16_s: pmovsxbw pmovsxbw pmullw
  ;; V3: i16x8.extmul_low_i8x16_s: vpmovsxbw vpmovsxbw vpmullw
  ;; ARM: i16x8.extmul_low_i8x16_s: smull
  (func $i16x8.extmul_low_i8x16_s (param v128 v128) (result v128)
    (i16x8.extmul_low_i8x16_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.extmul_high_i8x16_s: punpckhbw psraw punpckhbw psraw pmullw
  ;; V2: i16x8.extmul_high_i8x16_s: pshufd pmovsxbw pshufd pmovsxbw pmullw
  ;; V3: i16x8.extmul_high_i8x16_s: vpxor vpunpckhbw vpunpckhbw vpmulhw
  ;; ARM: i16x8.extmul_high_i8x16_s: smull2
  (func $i16x8.extmul_high_i8x16_s (param v128 v128) (result v128)
    (i16x8.extmul_high_i8x16_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.extmul_low_i8x16_u: pxor punpcklbw punpcklbw pmullw
  ;; V2: i16x8.extmul_low_i8x16_u: pmovzxbw pmovzxbw pmullw
  ;; V3: i16x8.extmul_low_i8x16_u: vpmovzxbw vpmovzxbw vpmullw
  ;; ARM: i16x8.extmul_low_i8x16_u: umull
  (func $i16x8.extmul_low_i8x16_u (param v128 v128) (result v128)
    (i16x8.extmul_low_i8x16_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.extmul_high_i8x16_u: pxor punpckhbw punpckhbw pmullw
  ;; V2: i16x8.extmul_high_i8x16_u: pxor punpckhbw punpckhbw pmullw
  ;; V3: i16x8.extmul_high_i8x16_u: vpxor vpunpckhbw vpunpckhbw vpmullw
  ;; ARM: i16x8.extmul_high_i8x16_u: umull2
  (func $i16x8.extmul_high_i8x16_u (param v128 v128) (result v128)
    (i16x8.extmul_high_i8x16_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.extmul_low_i16x8_s: pmullw pmulhw punpcklwd
  ;; V2: i32x4.extmul_low_i16x8_s: pmullw pmulhw punpcklwd
  ;; V3: i32x4.extmul_low_i16x8_s: vpmullw vpmulhw vpunpcklwd
  ;; ARM: i32x4.extmul_low_i16x8_s: smull
  (func $i32x4.extmul_low_i16x8_s (param v128 v128) (result v128)
    (i32x4.extmul_low_i16x8_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.extmul_high_i16x8_s: pmullw pmulhw punpckhwd
  ;; V2: i32x4.extmul_high_i16x8_s: pmullw pmulhw punpckhwd
  ;; V3: i32x4.extmul_high_i16x8_s: vpmullw vpmulhw vpunpckhwd
  ;; ARM: i32x4.extmul_high_i16x8_s: smull2
  (func $i32x4.extmul_high_i16x8_s (param v128 v128) (result v128)
    (i32x4.extmul_high_i16x8_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.extmul_low_i16x8_u: pmullw pmulhuw punpcklwd
  ;; V2: i32x4.extmul_low_i16x8_u: pmullw pmulhuw punpcklwd
  ;; V3: i32x4.extmul_low_i16x8_u: vpmullw vpmulhuw vpunpcklwd
  ;; ARM: i32x4.extmul_low_i16x8_u: umull
  (func $i32x4.extmul_low_i16x8_u (param v128 v128) (result v128)
    (i32x4.extmul_low_i16x8_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.extmul_high_i16x8_u: pmullw pmulhuw punpckhwd
  ;; V2: i32x4.extmul_high_i16x8_u: pmullw pmulhuw punpckhwd
  ;; V3: i32x4.extmul_high_i16x8_u: vpmullw vpmulhuw vpunpckhwd
  ;; ARM: i32x4.extmul_high_i16x8_u: umull2
  (func $i32x4.extmul_high_i16x8_u (param v128 v128) (result v128)
    (i32x4.extmul_high_i16x8_u (local.get 0) (local.get 1)))

  ;; V2: i64x2.extmul_low_i32x4_s: pmovzxdq pmovzxdq pmuldq
  ;; V3: i64x2.extmul_low_i32x4_s: vpmovzxdq vpmovzxdq vpmuldq
  ;; ARM: i64x2.extmul_low_i32x4_s: smull
  (func $i64x2.extmul_low_i32x4_s (param v128 v128) (result v128)
    (i64x2.extmul_low_i32x4_s (local.get 0) (local.get 1)))

  ;; V2: i64x2.extmul_high_i32x4_s: pshufd pshufd pmuldq
  ;; V3: i64x2.extmul_high_i32x4_s: vpshufd vpshufd vpmuldq
  ;; ARM: i64x2.extmul_high_i32x4_s: smull2
  (func $i64x2.extmul_high_i32x4_s (param v128 v128) (result v128)
    (i64x2.extmul_high_i32x4_s (local.get 0) (local.get 1)))

  ;; V1: i64x2.extmul_low_i32x4_u: pshufd pshufd pmuludq
  ;; V2: i64x2.extmul_low_i32x4_u: pmovzxdq pmovzxdq pmuludq
  ;; V3: i64x2.extmul_low_i32x4_u: vpmovzxdq vpmovzxdq vpmuludq
  ;; ARM: i64x2.extmul_low_i32x4_u: umull
  (func $i64x2.extmul_low_i32x4_u (param v128 v128) (result v128)
    (i64x2.extmul_low_i32x4_u (local.get 0) (local.get 1)))

  ;; V1: i64x2.extmul_high_i32x4_u: pshufd pshufd pmuludq
  ;; V2: i64x2.extmul_high_i32x4_u: pshufd pshufd pmuludq
  ;; V3: i64x2.extmul_high_i32x4_u: vpshufd vpshufd vpmuludq
  ;; ARM: i64x2.extmul_high_i32x4_u: umull2
  (func $i64x2.extmul_high_i32x4_u (param v128 v128) (result v128)
    (i64x2.extmul_high_i32x4_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.dot_i16x8_s: pmaddwd
  ;; V2: i32x4.dot_i16x8_s: pmaddwd
  ;; V3: i32x4.dot_i16x8_s: vpmaddwd
  ;; ARM: i32x4.dot_i16x8_s: smull smull2 addp
  (func $i32x4.dot_i16x8_s (param v128 v128) (result v128)
    (i32x4.dot_i16x8_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.q15mulr_sat_s: pmullw pmulhw paddsw psraw psrlw paddw paddw
  ;; V2: i16x8.q15mulr_sat_s: pmulhrsw movdqa pcmpeqw pxor
  ;; V3: i16x8.q15mulr_sat_s: vpmulhrsw vpcmpeqw vpxor
  ;; ARM: i16x8.q15mulr_sat_s: sqrdmulh
  (func $i16x8.q15mulr_sat_s (param v128 v128) (result v128)
    (i16x8.q15mulr_sat_s (local.get 0) (local.get 1))))
