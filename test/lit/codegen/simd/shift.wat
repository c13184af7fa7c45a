;; Shifts take the count modulo the lanes' width. A constant count costs nothing else.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i8x16.shl: andl movd psllw pcmpeqd psllw punpcklbw pshuflw pshufd pand
  ;; V2: i8x16.shl: andl movd psllw pcmpeqd psllw pxor pshufb pand
  ;; V3: i8x16.shl: andl vmovd vpsllw vpcmpeqd vpsllw vpbroadcastb vpand
  ;; ARM: i8x16.shl: and dup ushl
  (func $i8x16.shl (param v128 i32) (result v128)
    (i8x16.shl (local.get 0) (local.get 1)))

  ;; V1: i16x8.shl: andl movd psllw
  ;; V2: i16x8.shl: andl movd psllw
  ;; V3: i16x8.shl: andl vmovd vpsllw
  ;; ARM: i16x8.shl: and dup ushl
  (func $i16x8.shl (param v128 i32) (result v128)
    (i16x8.shl (local.get 0) (local.get 1)))

  ;; V1: i32x4.shl: andl movd pslld
  ;; V2: i32x4.shl: andl movd pslld
  ;; V3: i32x4.shl: andl vmovd vpslld
  ;; ARM: i32x4.shl: and dup ushl
  (func $i32x4.shl (param v128 i32) (result v128)
    (i32x4.shl (local.get 0) (local.get 1)))

  ;; V1: i64x2.shl: andl movd psllq
  ;; V2: i64x2.shl: andl movd psllq
  ;; V3: i64x2.shl: andl vmovd vpsllq
  ;; ARM: i64x2.shl: and dup ushl
  (func $i64x2.shl (param v128 i32) (result v128)
    (i64x2.shl (local.get 0) (local.get 1)))

  ;; V2: i8x16.shr_s: andl movd psrlw pcmpeqd psrlw movdqa psrlw pshufb pand pxor psubb
  ;; V3: i8x16.shr_s: andl vmovd vpsrlw vpcmpeqd vpsrlw vpshufb vpand vpbroadcastd vpsrlw vpxor vpsubb
  ;; ARM: i8x16.shr_s: and dup neg sshl
  (func $i8x16.shr_s (param v128 i32) (result v128)
    (i8x16.shr_s (local.get 0) (local.get 1)))

  ;; V2: i8x16.shr_u: andl movd psrlw pcmpeqd psrlw pshufb pand
  ;; V3: i8x16.shr_u: andl vmovd vpsrlw vpcmpeqd vpsrlw vpshufb vpand
  ;; ARM: i8x16.shr_u: and dup neg ushl
  (func $i8x16.shr_u (param v128 i32) (result v128)
    (i8x16.shr_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.shr_s: andl movd psraw
  ;; V2: i16x8.shr_s: andl movd psraw
  ;; V3: i16x8.shr_s: andl vmovd vpsraw
  ;; ARM: i16x8.shr_s: and dup neg sshl
  (func $i16x8.shr_s (param v128 i32) (result v128)
    (i16x8.shr_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.shr_u: andl movd psrlw
  ;; V2: i16x8.shr_u: andl movd psrlw
  ;; V3: i16x8.shr_u: andl vmovd vpsrlw
  ;; ARM: i16x8.shr_u: and dup neg ushl
  (func $i16x8.shr_u (param v128 i32) (result v128)
    (i16x8.shr_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.shr_s: andl movd psrad
  ;; V2: i32x4.shr_s: andl movd psrad
  ;; V3: i32x4.shr_s: andl vmovd vpsrad
  ;; ARM: i32x4.shr_s: and dup neg sshl
  (func $i32x4.shr_s (param v128 i32) (result v128)
    (i32x4.shr_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.shr_u: andl movd psrld
  ;; V2: i32x4.shr_u: andl movd psrld
  ;; V3: i32x4.shr_u: andl vmovd vpsrld
  ;; ARM: i32x4.shr_u: and dup neg ushl
  (func $i32x4.shr_u (param v128 i32) (result v128)
    (i32x4.shr_u (local.get 0) (local.get 1)))

  ;; V1: i64x2.shr_s: andl movd movdqa psrlq psrlq pxor psubq
  ;; V2: i64x2.shr_s: andl movd movdqa psrlq psrlq pxor psubq
  ;; V3: i64x2.shr_s: andl vmovd vpbroadcastq vpsrlq vpsrlq vpxor vpsubq
  ;; ARM: i64x2.shr_s: and dup neg sshl
  (func $i64x2.shr_s (param v128 i32) (result v128)
    (i64x2.shr_s (local.get 0) (local.get 1)))

  ;; V1: i64x2.shr_u: andl movd psrlq
  ;; V2: i64x2.shr_u: andl movd psrlq
  ;; V3: i64x2.shr_u: andl vmovd vpsrlq
  ;; ARM: i64x2.shr_u: and dup neg ushl
  (func $i64x2.shr_u (param v128 i32) (result v128)
    (i64x2.shr_u (local.get 0) (local.get 1)))

  ;; V1: i8x16.shl_constant: psllw pand
  ;; V2: i8x16.shl_constant: psllw pand
  ;; V3: i8x16.shl_constant: vpsllw vpand
  ;; ARM: i8x16.shl_constant: shl
  (func $i8x16.shl_constant (param v128) (result v128)
    (i8x16.shl (local.get 0) (i32.const 3)))

  ;; V1: i8x16.shr_s_constant: psrlw pand movdqa pxor psubb
  ;; V2: i8x16.shr_s_constant: psrlw pand movdqa pxor psubb
  ;; V3: i8x16.shr_s_constant: vpsrlw vpand vpbroadcastd vpxor vpsubb
  ;; ARM: i8x16.shr_s_constant: sshr
  (func $i8x16.shr_s_constant (param v128) (result v128)
    (i8x16.shr_s (local.get 0) (i32.const 3)))

  ;; V1: i8x16.shr_u_constant: psrlw pand
  ;; V2: i8x16.shr_u_constant: psrlw pand
  ;; V3: i8x16.shr_u_constant: vpsrlw vpand
  ;; ARM: i8x16.shr_u_constant: ushr
  (func $i8x16.shr_u_constant (param v128) (result v128)
    (i8x16.shr_u (local.get 0) (i32.const 3)))

  ;; V1: i16x8.shl_constant: psllw
  ;; V2: i16x8.shl_constant: psllw
  ;; V3: i16x8.shl_constant: vpsllw
  ;; ARM: i16x8.shl_constant: shl
  (func $i16x8.shl_constant (param v128) (result v128)
    (i16x8.shl (local.get 0) (i32.const 19)))

  ;; V1: i32x4.shr_s_constant: psrad
  ;; V2: i32x4.shr_s_constant: psrad
  ;; V3: i32x4.shr_s_constant: vpsrad
  ;; ARM: i32x4.shr_s_constant: sshr
  (func $i32x4.shr_s_constant (param v128) (result v128)
    (i32x4.shr_s (local.get 0) (i32.const 3)))

  ;; V1: i64x2.shr_u_constant: psrlq
  ;; V2: i64x2.shr_u_constant: psrlq
  ;; V3: i64x2.shr_u_constant: vpsrlq
  ;; ARM: i64x2.shr_u_constant: ushr
  (func $i64x2.shr_u_constant (param v128) (result v128)
    (i64x2.shr_u (local.get 0) (i32.const 3)))

  ;; V1: i64x2.shr_s_constant: pshufd psrad psrlq pshufd punpckldq
  ;; V2: i64x2.shr_s_constant: psrad psrlq pblendw
  ;; V3: i64x2.shr_s_constant: vpsrad vpsrlq vpblendd
  ;; ARM: i64x2.shr_s_constant: sshr
  (func $i64x2.shr_s_constant (param v128) (result v128)
    (i64x2.shr_s (local.get 0) (i32.const 3))))
