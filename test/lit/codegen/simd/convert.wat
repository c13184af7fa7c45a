;; Conversions. Those to integers saturate, and make 0 of NaN.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: f32x4.convert_i32x4_s: cvtdq2ps
  ;; V2: f32x4.convert_i32x4_s: cvtdq2ps
  ;; V3: f32x4.convert_i32x4_s: vcvtdq2ps
  ;; ARM: f32x4.convert_i32x4_s: scvtf
  (func $f32x4.convert_i32x4_s (param v128) (result v128)
    (f32x4.convert_i32x4_s (local.get 0)))

  ;; V1: f32x4.convert_i32x4_u: movdqa pand por psrld por subps addps
  ;; V2: f32x4.convert_i32x4_u: movdqa pblendw psrld pblendw subps addps
  ;; V3: f32x4.convert_i32x4_u: vpbroadcastd vpblendw vpsrld vpbroadcastd vpblendw vbroadcastss vsubps vaddps
  ;; ARM: f32x4.convert_i32x4_u: ucvtf
  (func $f32x4.convert_i32x4_u (param v128) (result v128)
    (f32x4.convert_i32x4_u (local.get 0)))

  ;; V1: f64x2.convert_low_i32x4_s: cvtdq2pd
  ;; V2: f64x2.convert_low_i32x4_s: cvtdq2pd
  ;; V3: f64x2.convert_low_i32x4_s: vcvtdq2pd
  ;; ARM: f64x2.convert_low_i32x4_s: sshll scvtf
  (func $f64x2.convert_low_i32x4_s (param v128) (result v128)
    (f64x2.convert_low_i32x4_s (local.get 0)))

  ;; V1: f64x2.convert_low_i32x4_u: xorpd unpcklps movapd orpd subpd
  ;; V2: f64x2.convert_low_i32x4_u: pmovzxdq movdqa por subpd
  ;; V3: f64x2.convert_low_i32x4_u: vpmovzxdq vpbroadcastq vpor vsubpd
  ;; ARM: f64x2.convert_low_i32x4_u: ushll ucvtf
  (func $f64x2.convert_low_i32x4_u (param v128) (result v128)
    (f64x2.convert_low_i32x4_u (local.get 0)))

  ;; V1: f32x4.demote_f64x2_zero: cvtpd2ps
  ;; V2: f32x4.demote_f64x2_zero: cvtpd2ps
  ;; V3: f32x4.demote_f64x2_zero: vcvtpd2ps
  ;; ARM: f32x4.demote_f64x2_zero: fcvtn
  (func $f32x4.demote_f64x2_zero (param v128) (result v128)
    (f32x4.demote_f64x2_zero (local.get 0)))

  ;; V1: f64x2.promote_low_f32x4: cvtps2pd
  ;; V2: f64x2.promote_low_f32x4: cvtps2pd
  ;; V3: f64x2.promote_low_f32x4: vcvtps2pd
  ;; ARM: f64x2.promote_low_f32x4: fcvtl
  (func $f64x2.promote_low_f32x4 (param v128) (result v128)
    (f64x2.promote_low_f32x4 (local.get 0)))

  ;; V1: i32x4.trunc_sat_f32x4_s: movaps cmpleps cvttps2dq xorps xorps cmpordps andps
  ;; V2: i32x4.trunc_sat_f32x4_s: movaps cmpleps cvttps2dq xorps xorps cmpordps andps
  ;; V3: i32x4.trunc_sat_f32x4_s: vbroadcastss vcmpleps vcvttps2dq vxorps vxorps vcmpordps vandps
  ;; ARM: i32x4.trunc_sat_f32x4_s: fcvtzs
  (func $i32x4.trunc_sat_f32x4_s (param v128) (result v128)
    (i32x4.trunc_sat_f32x4_s (local.get 0)))

  ;; V2: i32x4.trunc_sat_f32x4_u: xorps maxps movaps cmpleps cvttps2dq addps cvttps2dq psrad pand por por
  ;; V3: i32x4.trunc_sat_f32x4_u: vxorps vmaxps vbroadcastss vcmpleps vcvttps2dq vbroadcastss vaddps vcvttps2dq vpsrad vpand vpor vorps
  ;; ARM: i32x4.trunc_sat_f32x4_u: fcvtzu
  (func $i32x4.trunc_sat_f32x4_u (param v128) (result v128)
    (i32x4.trunc_sat_f32x4_u (local.get 0)))

  ;; V1: i32x4.trunc_sat_f64x2_s_zero: xorpd cmpordpd andpd minpd cvttpd2dq
  ;; V2: i32x4.trunc_sat_f64x2_s_zero: xorpd cmpordpd andpd minpd cvttpd2dq
  ;; V3: i32x4.trunc_sat_f64x2_s_zero: vxorpd vcmpordpd vandpd vminpd vcvttpd2dq
  ;; ARM: i32x4.trunc_sat_f64x2_s_zero: fcvtzs sqxtn
  (func $i32x4.trunc_sat_f64x2_s_zero (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_s_zero (local.get 0)))

  ;; V2: i32x4.trunc_sat_f64x2_u_zero: xorpd maxpd minpd roundpd addpd insertps
  ;; V3: i32x4.trunc_sat_f64x2_u_zero: vxorpd vmaxpd vminpd vroundpd vaddpd vinsertps
  ;; ARM: i32x4.trunc_sat_f64x2_u_zero: fcvtzu uqxtn
  (func $i32x4.trunc_sat_f64x2_u_zero (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_u_zero (local.get 0))))
