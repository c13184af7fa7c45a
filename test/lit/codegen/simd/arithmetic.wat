;; Integer arithmetic.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i8x16.add: paddb
  ;; V2: i8x16.add: paddb
  ;; V3: i8x16.add: vpaddb
  ;; ARM: i8x16.add: add
  (func $i8x16.add (param v128 v128) (result v128)
    (i8x16.add (local.get 0) (local.get 1)))

  ;; V1: i16x8.add: paddw
  ;; V2: i16x8.add: paddw
  ;; V3: i16x8.add: vpaddw
  ;; ARM: i16x8.add: add
  (func $i16x8.add (param v128 v128) (result v128)
    (i16x8.add (local.get 0) (local.get 1)))

  ;; V1: i32x4.add: paddd
  ;; V2: i32x4.add: paddd
  ;; V3: i32x4.add: vpaddd
  ;; ARM: i32x4.add: add
  (func $i32x4.add (param v128 v128) (result v128)
    (i32x4.add (local.get 0) (local.get 1)))

  ;; V1: i64x2.add: paddq
  ;; V2: i64x2.add: paddq
  ;; V3: i64x2.add: vpaddq
  ;; ARM: i64x2.add: add
  (func $i64x2.add (param v128 v128) (result v128)
    (i64x2.add (local.get 0) (local.get 1)))

  ;; V1: i8x16.sub: psubb
  ;; V2: i8x16.sub: psubb
  ;; V3: i8x16.sub: vpsubb
  ;; ARM: i8x16.sub: sub
  (func $i8x16.sub (param v128 v128) (result v128)
    (i8x16.sub (local.get 0) (local.get 1)))

  ;; V1: i16x8.sub: psubw
  ;; V2: i16x8.sub: psubw
  ;; V3: i16x8.sub: vpsubw
  ;; ARM: i16x8.sub: sub
  (func $i16x8.sub (param v128 v128) (result v128)
    (i16x8.sub (local.get 0) (local.get 1)))

  ;; V1: i32x4.sub: psubd
  ;; V2: i32x4.sub: psubd
  ;; V3: i32x4.sub: vpsubd
  ;; ARM: i32x4.sub: sub
  (func $i32x4.sub (param v128 v128) (result v128)
    (i32x4.sub (local.get 0) (local.get 1)))

  ;; V1: i64x2.sub: psubq
  ;; V2: i64x2.sub: psubq
  ;; V3: i64x2.sub: vpsubq
  ;; ARM: i64x2.sub: sub
  (func $i64x2.sub (param v128 v128) (result v128)
    (i64x2.sub (local.get 0) (local.get 1)))

  ;; V1: i8x16.neg: pxor psubb
  ;; V2: i8x16.neg: pxor psubb
  ;; V3: i8x16.neg: vpxor vpsubb
  ;; ARM: i8x16.neg: neg
  (func $i8x16.neg (param v128) (result v128)
    (i8x16.neg (local.get 0)))

  ;; V1: i16x8.neg: pxor psubw
  ;; V2: i16x8.neg: pxor psubw
  ;; V3: i16x8.neg: vpxor vpsubw
  ;; ARM: i16x8.neg: neg
  (func $i16x8.neg (param v128) (result v128)
    (i16x8.neg (local.get 0)))

  ;; V1: i32x4.neg: pxor psubd
  ;; V2: i32x4.neg: pxor psubd
  ;; V3: i32x4.neg: vpxor vpsubd
  ;; ARM: i32x4.neg: neg
  (func $i32x4.neg (param v128) (result v128)
    (i32x4.neg (local.get 0)))

  ;; V1: i64x2.neg: pxor psubq
  ;; V2: i64x2.neg: pxor psubq
  ;; V3: i64x2.neg: vpxor vpsubq
  ;; ARM: i64x2.neg: neg
  (func $i64x2.neg (param v128) (result v128)
    (i64x2.neg (local.get 0)))

  ;; V1: i8x16.abs: pxor psubb pminub
  ;; V2: i8x16.abs: pabsb
  ;; V3: i8x16.abs: vpabsb
  ;; ARM: i8x16.abs: abs
  (func $i8x16.abs (param v128) (result v128)
    (i8x16.abs (local.get 0)))

  ;; V1: i16x8.abs: pxor psubw pmaxsw
  ;; V2: i16x8.abs: pabsw
  ;; V3: i16x8.abs: vpabsw
  ;; ARM: i16x8.abs: abs
  (func $i16x8.abs (param v128) (result v128)
    (i16x8.abs (local.get 0)))

  ;; V1: i32x4.abs: psrad pxor psubd
  ;; V2: i32x4.abs: pabsd
  ;; V3: i32x4.abs: vpabsd
  ;; ARM: i32x4.abs: abs
  (func $i32x4.abs (param v128) (result v128)
    (i32x4.abs (local.get 0)))

  ;; V1: i64x2.abs: pshufd psrad pxor psubq
  ;; V2: i64x2.abs: pxor psubq blendvpd
  ;; V3: i64x2.abs: vpxor vpsubq vblendvpd
  ;; ARM: i64x2.abs: abs
  (func $i64x2.abs (param v128) (result v128)
    (i64x2.abs (local.get 0)))

  ;; V1: i8x16.add_sat_s: paddsb
  ;; V2: i8x16.add_sat_s: paddsb
  ;; V3: i8x16.add_sat_s: vpaddsb
  ;; ARM: i8x16.add_sat_s: sqadd
  (func $i8x16.add_sat_s (param v128 v128) (result v128)
    (i8x16.add_sat_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.add_sat_u: paddusb
  ;; V2: i8x16.add_sat_u: paddusb
  ;; V3: i8x16.add_sat_u: vpaddusb
  ;; ARM: i8x16.add_sat_u: uqadd
  (func $i8x16.add_sat_u (param v128 v128) (result v128)
    (i8x16.add_sat_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.add_sat_s: paddsw
  ;; V2: i16x8.add_sat_s: paddsw
  ;; V3: i16x8.add_sat_s: vpaddsw
  ;; ARM: i16x8.add_sat_s: sqadd
  (func $i16x8.add_sat_s (param v128 v128) (result v128)
    (i16x8.add_sat_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.add_sat_u: paddusw
  ;; V2: i16x8.add_sat_u: paddusw
  ;; V3: i16x8.add_sat_u: vpaddusw
  ;; ARM: i16x8.add_sat_u: uqadd
  (func $i16x8.add_sat_u (param v128 v128) (result v128)
    (i16x8.add_sat_u (local.get 0) (local.get 1)))

  ;; V1: i8x16.sub_sat_s: psubsb
  ;; V2: i8x16.sub_sat_s: psubsb
  ;; V3: i8x16.sub_sat_s: vpsubsb
  ;; ARM: i8x16.sub_sat_s: sqsub
  (func $i8x16.sub_sat_s (param v128 v128) (result v128)
    (i8x16.sub_sat_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.sub_sat_u: psubusb
  ;; V2: i8x16.sub_sat_u: psubusb
  ;; V3: i8x16.sub_sat_u: vpsubusb
  ;; ARM: i8x16.sub_sat_u: uqsub
  (func $i8x16.sub_sat_u (param v128 v128) (result v128)
    (i8x16.sub_sat_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.sub_sat_s: psubsw
  ;; V2: i16x8.sub_sat_s: psubsw
  ;; V3: i16x8.sub_sat_s: vpsubsw
  ;; ARM: i16x8.sub_sat_s: sqsub
  (func $i16x8.sub_sat_s (param v128 v128) (result v128)
    (i16x8.sub_sat_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.sub_sat_u: psubusw
  ;; V2: i16x8.sub_sat_u: psubusw
  ;; V3: i16x8.sub_sat_u: vpsubusw
  ;; ARM: i16x8.sub_sat_u: uqsub
  (func $i16x8.sub_sat_u (param v128 v128) (result v128)
    (i16x8.sub_sat_u (local.get 0) (local.get 1)))

  ;; V1: i8x16.avgr_u: pavgb
  ;; V2: i8x16.avgr_u: pavgb
  ;; V3: i8x16.avgr_u: vpavgb
  ;; ARM: i8x16.avgr_u: urhadd
  (func $i8x16.avgr_u (param v128 v128) (result v128)
    (i8x16.avgr_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.avgr_u: pavgw
  ;; V2: i16x8.avgr_u: pavgw
  ;; V3: i16x8.avgr_u: vpavgw
  ;; ARM: i16x8.avgr_u: urhadd
  (func $i16x8.avgr_u (param v128 v128) (result v128)
    (i16x8.avgr_u (local.get 0) (local.get 1)))

  ;; V1: i8x16.min_s: pcmpgtb pand pandn por
  ;; V2: i8x16.min_s: pminsb
  ;; V3: i8x16.min_s: vpminsb
  ;; ARM: i8x16.min_s: smin
  (func $i8x16.min_s (param v128 v128) (result v128)
    (i8x16.min_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.min_u: pminub
  ;; V2: i8x16.min_u: pminub
  ;; V3: i8x16.min_u: vpminub
  ;; ARM: i8x16.min_u: umin
  (func $i8x16.min_u (param v128 v128) (result v128)
    (i8x16.min_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.min_s: pminsw
  ;; V2: i16x8.min_s: pminsw
  ;; V3: i16x8.min_s: vpminsw
  ;; ARM: i16x8.min_s: smin
  (func $i16x8.min_s (param v128 v128) (result v128)
    (i16x8.min_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.min_u: psubusw psubw
  ;; V2: i16x8.min_u: pminuw
  ;; V3: i16x8.min_u: vpminuw
  ;; ARM: i16x8.min_u: umin
  (func $i16x8.min_u (param v128 v128) (result v128)
    (i16x8.min_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.min_s: pcmpgtd pand pandn por
  ;; V2: i32x4.min_s: pminsd
  ;; V3: i32x4.min_s: vpminsd
  ;; ARM: i32x4.min_s: smin
  (func $i32x4.min_s (param v128 v128) (result v128)
    (i32x4.min_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.min_u: movdqa pxor pxor pcmpgtd pand pandn por
  ;; V2: i32x4.min_u: pminud
  ;; V3: i32x4.min_u: vpminud
  ;; ARM: i32x4.min_u: umin
  (func $i32x4.min_u (param v128 v128) (result v128)
    (i32x4.min_u (local.get 0) (local.get 1)))

  ;; V1: i8x16.max_s: pcmpgtb pand pandn por
  ;; V2: i8x16.max_s: pmaxsb
  ;; V3: i8x16.max_s: vpmaxsb
  ;; ARM: i8x16.max_s: smax
  (func $i8x16.max_s (param v128 v128) (result v128)
    (i8x16.max_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.max_u: pmaxub
  ;; V2: i8x16.max_u: pmaxub
  ;; V3: i8x16.max_u: vpmaxub
  ;; ARM: i8x16.max_u: umax
  (func $i8x16.max_u (param v128 v128) (result v128)
    (i8x16.max_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.max_s: pmaxsw
  ;; V2: i16x8.max_s: pmaxsw
  ;; V3: i16x8.max_s: vpmaxsw
  ;; ARM: i16x8.max_s: smax
  (func $i16x8.max_s (param v128 v128) (result v128)
    (i16x8.max_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.max_u: psubusw paddw
  ;; V2: i16x8.max_u: pmaxuw
  ;; V3: i16x8.max_u: vpmaxuw
  ;; ARM: i16x8.max_u: umax
  (func $i16x8.max_u (param v128 v128) (result v128)
    (i16x8.max_u (local.get 0) (local.get 1)))

  ;; V1: i32x4.max_s: pcmpgtd pand pandn por
  ;; V2: i32x4.max_s: pmaxsd
  ;; V3: i32x4.max_s: vpmaxsd
  ;; ARM: i32x4.max_s: smax
  (func $i32x4.max_s (param v128 v128) (result v128)
    (i32x4.max_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.max_u: movdqa pxor pxor pcmpgtd pand pandn por
  ;; V2: i32x4.max_u: pmaxud
  ;; V3: i32x4.max_u: vpmaxud
  ;; ARM: i32x4.max_u: umax
  (func $i32x4.max_u (param v128 v128) (result v128)
    (i32x4.max_u (local.get 0) (local.get 1)))

  ;; V2: i8x16.popcnt: movdqa pand movdqa pshufb psrlw pand pshufb paddb
  ;; V3: i8x16.popcnt: vpbroadcastd vpand vmovdqa vpshufb vpsrlw vpand vpshufb vpaddb
  ;; ARM: i8x16.popcnt: cnt
  (func $i8x16.popcnt (param v128) (result v128)
    (i8x16.popcnt (local.get 0))))
