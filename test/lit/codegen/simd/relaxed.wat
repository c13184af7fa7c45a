;; Relaxed instructions are what the target does fastest.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i8x16.relaxed_laneselect: andps andnps orps
  ;; V2: i8x16.relaxed_laneselect: pblendvb
  ;; V3: i8x16.relaxed_laneselect: vpblendvb
  ;; ARM: i8x16.relaxed_laneselect: bif
  (func $i8x16.relaxed_laneselect (param v128 v128 v128) (result v128)
    (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: i16x8.relaxed_laneselect: andps andnps orps
  ;; V2: i16x8.relaxed_laneselect: pblendvb
  ;; V3: i16x8.relaxed_laneselect: vpblendvb
  ;; ARM: i16x8.relaxed_laneselect: bif
  (func $i16x8.relaxed_laneselect (param v128 v128 v128) (result v128)
    (i16x8.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: i16x8.relaxed_q15mulr_s: pmullw pmulhw paddsw psraw psrlw paddw paddw
  ;; V2: i16x8.relaxed_q15mulr_s: pmulhrsw
  ;; V3: i16x8.relaxed_q15mulr_s: vpmulhrsw
  ;; ARM: i16x8.relaxed_q15mulr_s: sqrdmulh
  (func $i16x8.relaxed_q15mulr_s (param v128 v128) (result v128)
    (i16x8.relaxed_q15mulr_s (local.get 0) (local.get 1)))

  ;; V1: i16x8.relaxed_dot_i8x16_i7x16_s: psllw movdqa pand pand psllw pmulhw pmulhw paddsw
  ;; V2: i16x8.relaxed_dot_i8x16_i7x16_s: pmaddubsw
  ;; V3: i16x8.relaxed_dot_i8x16_i7x16_s: vpmaddubsw
  ;; ARM: i16x8.relaxed_dot_i8x16_i7x16_s: smull smull2 addp
  (func $i16x8.relaxed_dot_i8x16_i7x16_s (param v128 v128) (result v128)
    (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))

  ;; V1: i32x4.relaxed_laneselect: andps andnps orps
  ;; V2: i32x4.relaxed_laneselect: blendvps
  ;; V3: i32x4.relaxed_laneselect: vblendvps
  ;; ARM: i32x4.relaxed_laneselect: bif
  (func $i32x4.relaxed_laneselect (param v128 v128 v128) (result v128)
    (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))

  ;; V2: i32x4.relaxed_dot_i8x16_i7x16_add_s: pmaddubsw pmaddwd paddd
  ;; V3: i32x4.relaxed_dot_i8x16_i7x16_add_s: vpmaddubsw vpmaddwd vpaddd
  ;; ARM: i32x4.relaxed_dot_i8x16_i7x16_add_s: smull smull2 addp sadalp
  (func $i32x4.relaxed_dot_i8x16_i7x16_add_s (param v128 v128 v128) (result v128)
    (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: i32x4.relaxed_trunc_f32x4_s: cvttps2dq
  ;; V2: i32x4.relaxed_trunc_f32x4_s: cvttps2dq
  ;; V3: i32x4.relaxed_trunc_f32x4_s: vcvttps2dq
  ;; ARM: i32x4.relaxed_trunc_f32x4_s: fcvtzs
  (func $i32x4.relaxed_trunc_f32x4_s (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_s (local.get 0)))

  ;; V1: i32x4.relaxed_trunc_f32x4_u: cvttps2dq addps cvttps2dq psrad pand por
  ;; V2: i32x4.relaxed_trunc_f32x4_u: cvttps2dq addps cvttps2dq psrad pand por
  ;; V3: i32x4.relaxed_trunc_f32x4_u: vcvttps2dq vbroadcastss vaddps vcvttps2dq vpsrad vpand vpor
  ;; ARM: i32x4.relaxed_trunc_f32x4_u: fcvtzu
  (func $i32x4.relaxed_trunc_f32x4_u (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_u (local.get 0)))

  ;; V1: i32x4.relaxed_trunc_f64x2_s_zero: cvttpd2dq
  ;; V2: i32x4.relaxed_trunc_f64x2_s_zero: cvttpd2dq
  ;; V3: i32x4.relaxed_trunc_f64x2_s_zero: vcvttpd2dq
  ;; ARM: i32x4.relaxed_trunc_f64x2_s_zero: fcvtzs sqxtn
  (func $i32x4.relaxed_trunc_f64x2_s_zero (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_s_zero (local.get 0)))

  ;; V1: i32x4.relaxed_trunc_f64x2_u_zero: xorpd maxpd movapd addpd movapd addpd cmpltpd paddq shufps
  ;; V2: i32x4.relaxed_trunc_f64x2_u_zero: roundpd addpd insertps
  ;; V3: i32x4.relaxed_trunc_f64x2_u_zero: vroundpd vaddpd vinsertps
  ;; ARM: i32x4.relaxed_trunc_f64x2_u_zero: fcvtzu uqxtn
  (func $i32x4.relaxed_trunc_f64x2_u_zero (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_u_zero (local.get 0)))

  ;; V1: i64x2.relaxed_laneselect: andps andnps orps
  ;; V2: i64x2.relaxed_laneselect: blendvpd
  ;; V3: i64x2.relaxed_laneselect: vblendvpd
  ;; ARM: i64x2.relaxed_laneselect: bif
  (func $i64x2.relaxed_laneselect (param v128 v128 v128) (result v128)
    (i64x2.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: f32x4.relaxed_madd: mulps addps
  ;; V2: f32x4.relaxed_madd: mulps addps
  ;; V3: f32x4.relaxed_madd: vfmadd213ps
  ;; ARM: f32x4.relaxed_madd: fmla
  (func $f32x4.relaxed_madd (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: f32x4.relaxed_nmadd: mulps subps
  ;; V2: f32x4.relaxed_nmadd: mulps subps
  ;; V3: f32x4.relaxed_nmadd: vfnmadd213ps
  ;; ARM: f32x4.relaxed_nmadd: fmls
  (func $f32x4.relaxed_nmadd (param v128 v128 v128) (result v128)
    (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: f32x4.relaxed_min: minps
  ;; V2: f32x4.relaxed_min: minps
  ;; V3: f32x4.relaxed_min: vminps
  ;; ARM: f32x4.relaxed_min: fmin
  (func $f32x4.relaxed_min (param v128 v128) (result v128)
    (f32x4.relaxed_min (local.get 0) (local.get 1)))

  ;; V1: f32x4.relaxed_max: maxps
  ;; V2: f32x4.relaxed_max: maxps
  ;; V3: f32x4.relaxed_max: vmaxps
  ;; ARM: f32x4.relaxed_max: fmax
  (func $f32x4.relaxed_max (param v128 v128) (result v128)
    (f32x4.relaxed_max (local.get 0) (local.get 1)))

  ;; V1: f64x2.relaxed_madd: mulpd addpd
  ;; V2: f64x2.relaxed_madd: mulpd addpd
  ;; V3: f64x2.relaxed_madd: vfmadd213pd
  ;; ARM: f64x2.relaxed_madd: fmla
  (func $f64x2.relaxed_madd (param v128 v128 v128) (result v128)
    (f64x2.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: f64x2.relaxed_nmadd: mulpd subpd
  ;; V2: f64x2.relaxed_nmadd: mulpd subpd
  ;; V3: f64x2.relaxed_nmadd: vfnmadd213pd
  ;; ARM: f64x2.relaxed_nmadd: fmls
  (func $f64x2.relaxed_nmadd (param v128 v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))

  ;; V1: f64x2.relaxed_min: minpd
  ;; V2: f64x2.relaxed_min: minpd
  ;; V3: f64x2.relaxed_min: vminpd
  ;; ARM: f64x2.relaxed_min: fmin
  (func $f64x2.relaxed_min (param v128 v128) (result v128)
    (f64x2.relaxed_min (local.get 0) (local.get 1)))

  ;; V1: f64x2.relaxed_max: maxpd
  ;; V2: f64x2.relaxed_max: maxpd
  ;; V3: f64x2.relaxed_max: vmaxpd
  ;; ARM: f64x2.relaxed_max: fmax
  (func $f64x2.relaxed_max (param v128 v128) (result v128)
    (f64x2.relaxed_max (local.get 0) (local.get 1))))
