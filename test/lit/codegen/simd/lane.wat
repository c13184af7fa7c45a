;; Lanes: a vector of one value, one value of a vector.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i8x16.splat: movd punpcklbw pshuflw pshufd
  ;; V2: i8x16.splat: movd pxor pshufb
  ;; V3: i8x16.splat: vmovd vpbroadcastb
  ;; ARM: i8x16.splat: dup
  (func $i8x16.splat (param i32) (result v128)
    (i8x16.splat (local.get 0)))

  ;; V1: i16x8.splat: movd pshuflw pshufd
  ;; V2: i16x8.splat: movd pshuflw pshufd
  ;; V3: i16x8.splat: vmovd vpbroadcastw
  ;; ARM: i16x8.splat: dup
  (func $i16x8.splat (param i32) (result v128)
    (i16x8.splat (local.get 0)))

  ;; V1: i32x4.splat: movd pshufd
  ;; V2: i32x4.splat: movd pshufd
  ;; V3: i32x4.splat: vmovd vpbroadcastd
  ;; ARM: i32x4.splat: dup
  (func $i32x4.splat (param i32) (result v128)
    (i32x4.splat (local.get 0)))

  ;; V1: i64x2.splat: movq pshufd
  ;; V2: i64x2.splat: movq pshufd
  ;; V3: i64x2.splat: vmovq vpbroadcastq
  ;; ARM: i64x2.splat: dup
  (func $i64x2.splat (param i64) (result v128)
    (i64x2.splat (local.get 0)))

  ;; V1: f32x4.splat: shufps
  ;; V2: f32x4.splat: shufps
  ;; V3: f32x4.splat: vbroadcastss
  ;; ARM: f32x4.splat: dup
  (func $f32x4.splat (param f32) (result v128)
    (f32x4.splat (local.get 0)))

  ;; V1: f64x2.splat: movlhps
  ;; V2: f64x2.splat: movddup
  ;; V3: f64x2.splat: vmovddup
  ;; ARM: f64x2.splat: dup
  (func $f64x2.splat (param f64) (result v128)
    (f64x2.splat (local.get 0)))

  ;; V1: i8x16.extract_lane_s: movd shrl movsbl
  ;; V2: i8x16.extract_lane_s: pextrb movsbl
  ;; V3: i8x16.extract_lane_s: vpextrb movsbl
  ;; ARM: i8x16.extract_lane_s: smov
  (func $i8x16.extract_lane_s (param v128) (result i32)
    (i8x16.extract_lane_s 1 (local.get 0)))

  ;; V1: i8x16.extract_lane_u: movd movzbl
  ;; V2: i8x16.extract_lane_u: pextrb
  ;; V3: i8x16.extract_lane_u: vpextrb
  ;; ARM: i8x16.extract_lane_u: umov
  (func $i8x16.extract_lane_u (param v128) (result i32)
    (i8x16.extract_lane_u 1 (local.get 0)))

  ;; V1: i16x8.extract_lane_s: pextrw cwtl
  ;; V2: i16x8.extract_lane_s: pextrw cwtl
  ;; V3: i16x8.extract_lane_s: vpextrw cwtl
  ;; ARM: i16x8.extract_lane_s: smov
  (func $i16x8.extract_lane_s (param v128) (result i32)
    (i16x8.extract_lane_s 1 (local.get 0)))

  ;; V1: i16x8.extract_lane_u: pextrw
  ;; V2: i16x8.extract_lane_u: pextrw
  ;; V3: i16x8.extract_lane_u: vpextrw
  ;; ARM: i16x8.extract_lane_u: umov
  (func $i16x8.extract_lane_u (param v128) (result i32)
    (i16x8.extract_lane_u 1 (local.get 0)))

  ;; V1: i32x4.extract_lane: pshufd movd
  ;; V2: i32x4.extract_lane: extractps
  ;; V3: i32x4.extract_lane: vextractps
  ;; ARM: i32x4.extract_lane: mov
  (func $i32x4.extract_lane (param v128) (result i32)
    (i32x4.extract_lane 1 (local.get 0)))

  ;; V1: i64x2.extract_lane: pshufd movq
  ;; V2: i64x2.extract_lane: pextrq
  ;; V3: i64x2.extract_lane: vpextrq
  ;; ARM: i64x2.extract_lane: mov
  (func $i64x2.extract_lane (param v128) (result i64)
    (i64x2.extract_lane 1 (local.get 0)))

  ;; V1: f32x4.extract_lane: pshufd
  ;; V2: f32x4.extract_lane: pshufd
  ;; V3: f32x4.extract_lane: vshufps
  ;; ARM: f32x4.extract_lane: mov
  (func $f32x4.extract_lane (param v128) (result f32)
    (f32x4.extract_lane 1 (local.get 0)))

  ;; V1: f64x2.extract_lane: pshufd
  ;; V2: f64x2.extract_lane: pshufd
  ;; V3: f64x2.extract_lane: vshufps
  ;; ARM: f64x2.extract_lane: mov
  (func $f64x2.extract_lane (param v128) (result f64)
    (f64x2.extract_lane 1 (local.get 0)))

  ;; V1: i8x16.replace_lane: movdqa pand movd psllw pandn por
  ;; V2: i8x16.replace_lane: pinsrb
  ;; V3: i8x16.replace_lane: vpinsrb
  ;; ARM: i8x16.replace_lane: mov
  (func $i8x16.replace_lane (param v128 i32) (result v128)
    (i8x16.replace_lane 1 (local.get 0) (local.get 1)))

  ;; V1: i16x8.replace_lane: pinsrw
  ;; V2: i16x8.replace_lane: pinsrw
  ;; V3: i16x8.replace_lane: vpinsrw
  ;; ARM: i16x8.replace_lane: mov
  (func $i16x8.replace_lane (param v128 i32) (result v128)
    (i16x8.replace_lane 1 (local.get 0) (local.get 1)))

  ;; V1: i32x4.replace_lane: movd punpcklqdq shufps
  ;; V2: i32x4.replace_lane: pinsrd
  ;; V3: i32x4.replace_lane: vpinsrd
  ;; ARM: i32x4.replace_lane: mov
  (func $i32x4.replace_lane (param v128 i32) (result v128)
    (i32x4.replace_lane 1 (local.get 0) (local.get 1)))

  ;; V1: i64x2.replace_lane: movq punpcklqdq
  ;; V2: i64x2.replace_lane: pinsrq
  ;; V3: i64x2.replace_lane: vpinsrq
  ;; ARM: i64x2.replace_lane: mov
  (func $i64x2.replace_lane (param v128 i64) (result v128)
    (i64x2.replace_lane 1 (local.get 0) (local.get 1)))

  ;; V1: f32x4.replace_lane: movlhps shufps
  ;; V2: f32x4.replace_lane: insertps
  ;; V3: f32x4.replace_lane: vinsertps
  ;; ARM: f32x4.replace_lane: mov
  (func $f32x4.replace_lane (param v128 f32) (result v128)
    (f32x4.replace_lane 1 (local.get 0) (local.get 1)))

  ;; V1: f64x2.replace_lane: movlhps
  ;; V2: f64x2.replace_lane: movlhps
  ;; V3: f64x2.replace_lane: vmovlhps
  ;; ARM: f64x2.replace_lane: mov
  (func $f64x2.replace_lane (param v128 f64) (result v128)
    (f64x2.replace_lane 1 (local.get 0) (local.get 1)))

  ;; V1: f32x4.extract_first:
  ;; V2: f32x4.extract_first:
  ;; V3: f32x4.extract_first:
  ;; ARM: f32x4.extract_first:
  (func $f32x4.extract_first (param v128) (result f32)
    (f32x4.extract_lane 0 (local.get 0)))

  ;; V1: i32x4.extract_first: movd
  ;; V2: i32x4.extract_first: movd
  ;; V3: i32x4.extract_first: vmovd
  ;; ARM: i32x4.extract_first: fmov
  (func $i32x4.extract_first (param v128) (result i32)
    (i32x4.extract_lane 0 (local.get 0))))
