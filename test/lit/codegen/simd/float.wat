;; Float arithmetic. Minimum and maximum order the zeros and hand on NaNs, which x86's do not.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: f32x4.sqrt: sqrtps
  ;; V2: f32x4.sqrt: sqrtps
  ;; V3: f32x4.sqrt: vsqrtps
  ;; ARM: f32x4.sqrt: fsqrt
  (func $f32x4.sqrt (param v128) (result v128)
    (f32x4.sqrt (local.get 0)))

  ;; V1: f32x4.add: addps
  ;; V2: f32x4.add: addps
  ;; V3: f32x4.add: vaddps
  ;; ARM: f32x4.add: fadd
  (func $f32x4.add (param v128 v128) (result v128)
    (f32x4.add (local.get 0) (local.get 1)))

  ;; V1: f32x4.sub: subps
  ;; V2: f32x4.sub: subps
  ;; V3: f32x4.sub: vsubps
  ;; ARM: f32x4.sub: fsub
  (func $f32x4.sub (param v128 v128) (result v128)
    (f32x4.sub (local.get 0) (local.get 1)))

  ;; V1: f32x4.mul: mulps
  ;; V2: f32x4.mul: mulps
  ;; V3: f32x4.mul: vmulps
  ;; ARM: f32x4.mul: fmul
  (func $f32x4.mul (param v128 v128) (result v128)
    (f32x4.mul (local.get 0) (local.get 1)))

  ;; V1: f32x4.div: divps
  ;; V2: f32x4.div: divps
  ;; V3: f32x4.div: vdivps
  ;; ARM: f32x4.div: fdiv
  (func $f32x4.div (param v128 v128) (result v128)
    (f32x4.div (local.get 0) (local.get 1)))

  ;; V1: f64x2.sqrt: sqrtpd
  ;; V2: f64x2.sqrt: sqrtpd
  ;; V3: f64x2.sqrt: vsqrtpd
  ;; ARM: f64x2.sqrt: fsqrt
  (func $f64x2.sqrt (param v128) (result v128)
    (f64x2.sqrt (local.get 0)))

  ;; V1: f64x2.add: addpd
  ;; V2: f64x2.add: addpd
  ;; V3: f64x2.add: vaddpd
  ;; ARM: f64x2.add: fadd
  (func $f64x2.add (param v128 v128) (result v128)
    (f64x2.add (local.get 0) (local.get 1)))

  ;; V1: f64x2.sub: subpd
  ;; V2: f64x2.sub: subpd
  ;; V3: f64x2.sub: vsubpd
  ;; ARM: f64x2.sub: fsub
  (func $f64x2.sub (param v128 v128) (result v128)
    (f64x2.sub (local.get 0) (local.get 1)))

  ;; V1: f64x2.mul: mulpd
  ;; V2: f64x2.mul: mulpd
  ;; V3: f64x2.mul: vmulpd
  ;; ARM: f64x2.mul: fmul
  (func $f64x2.mul (param v128 v128) (result v128)
    (f64x2.mul (local.get 0) (local.get 1)))

  ;; V1: f64x2.div: divpd
  ;; V2: f64x2.div: divpd
  ;; V3: f64x2.div: vdivpd
  ;; ARM: f64x2.div: fdiv
  (func $f64x2.div (param v128 v128) (result v128)
    (f64x2.div (local.get 0) (local.get 1)))

  ;; V1: f32x4.abs: andps
  ;; V2: f32x4.abs: andps
  ;; V3: f32x4.abs: vbroadcastss vandps
  ;; ARM: f32x4.abs: fabs
  (func $f32x4.abs (param v128) (result v128)
    (f32x4.abs (local.get 0)))

  ;; V1: f32x4.neg: xorps
  ;; V2: f32x4.neg: xorps
  ;; V3: f32x4.neg: vbroadcastss vxorps
  ;; ARM: f32x4.neg: fneg
  (func $f32x4.neg (param v128) (result v128)
    (f32x4.neg (local.get 0)))

  ;; V1: f64x2.abs: andps
  ;; V2: f64x2.abs: andps
  ;; V3: f64x2.abs: vandps
  ;; ARM: f64x2.abs: fabs
  (func $f64x2.abs (param v128) (result v128)
    (f64x2.abs (local.get 0)))

  ;; V1: f64x2.neg: xorps
  ;; V2: f64x2.neg: xorps
  ;; V3: f64x2.neg: vxorps
  ;; ARM: f64x2.neg: fneg
  (func $f64x2.neg (param v128) (result v128)
    (f64x2.neg (local.get 0)))

  ;; V2: f32x4.ceil: roundps
  ;; V3: f32x4.ceil: vroundps
  ;; ARM: f32x4.ceil: frintp
  (func $f32x4.ceil (param v128) (result v128)
    (f32x4.ceil (local.get 0)))

  ;; V2: f32x4.floor: roundps
  ;; V3: f32x4.floor: vroundps
  ;; ARM: f32x4.floor: frintm
  (func $f32x4.floor (param v128) (result v128)
    (f32x4.floor (local.get 0)))

  ;; V2: f32x4.trunc: roundps
  ;; V3: f32x4.trunc: vroundps
  ;; ARM: f32x4.trunc: frintz
  (func $f32x4.trunc (param v128) (result v128)
    (f32x4.trunc (local.get 0)))

  ;; V1: f32x4.nearest: movaps andps movaps cmpltps andps addps subps andps orps
  ;; V2: f32x4.nearest: roundps
  ;; V3: f32x4.nearest: vroundps
  ;; ARM: f32x4.nearest: frintn
  (func $f32x4.nearest (param v128) (result v128)
    (f32x4.nearest (local.get 0)))

  ;; V2: f64x2.ceil: roundpd
  ;; V3: f64x2.ceil: vroundpd
  ;; ARM: f64x2.ceil: frintp
  (func $f64x2.ceil (param v128) (result v128)
    (f64x2.ceil (local.get 0)))

  ;; V2: f64x2.floor: roundpd
  ;; V3: f64x2.floor: vroundpd
  ;; ARM: f64x2.floor: frintm
  (func $f64x2.floor (param v128) (result v128)
    (f64x2.floor (local.get 0)))

  ;; V2: f64x2.trunc: roundpd
  ;; V3: f64x2.trunc: vroundpd
  ;; ARM: f64x2.trunc: frintz
  (func $f64x2.trunc (param v128) (result v128)
    (f64x2.trunc (local.get 0)))

  ;; V1: f64x2.nearest: movapd andpd movapd cmpltpd andpd addpd subpd andpd orpd
  ;; V2: f64x2.nearest: roundpd
  ;; V3: f64x2.nearest: vroundpd
  ;; ARM: f64x2.nearest: frintn
  (func $f64x2.nearest (param v128) (result v128)
    (f64x2.nearest (local.get 0)))

  ;; V1: f32x4.min: minps minps orps cmpunordps andnps andps orps
  ;; V2: f32x4.min: minps minps orps cmpunordps blendvps
  ;; V3: f32x4.min: vminps vminps vorps vcmpunordps vbroadcastss vblendvps
  ;; ARM: f32x4.min: fmin
  (func $f32x4.min (param v128 v128) (result v128)
    (f32x4.min (local.get 0) (local.get 1)))

  ;; V1: f32x4.max: maxps maxps andps cmpunordps andnps andps orps
  ;; V2: f32x4.max: maxps maxps andps cmpunordps blendvps
  ;; V3: f32x4.max: vmaxps vmaxps vandps vcmpunordps vbroadcastss vblendvps
  ;; ARM: f32x4.max: fmax
  (func $f32x4.max (param v128 v128) (result v128)
    (f32x4.max (local.get 0) (local.get 1)))

  ;; V1: f64x2.min: minpd minpd orpd cmpunordpd andnpd andpd orpd
  ;; V2: f64x2.min: minpd minpd orpd cmpunordpd blendvpd
  ;; V3: f64x2.min: vminpd vminpd vorpd vcmpunordpd vblendvpd
  ;; ARM: f64x2.min: fmin
  (func $f64x2.min (param v128 v128) (result v128)
    (f64x2.min (local.get 0) (local.get 1)))

  ;; V1: f64x2.max: maxpd maxpd andpd cmpunordpd andnpd andpd orpd
  ;; V2: f64x2.max: maxpd maxpd andpd cmpunordpd blendvpd
  ;; V3: f64x2.max: vmaxpd vmaxpd vandpd vcmpunordpd vblendvpd
  ;; ARM: f64x2.max: fmax
  (func $f64x2.max (param v128 v128) (result v128)
    (f64x2.max (local.get 0) (local.get 1)))

  ;; V1: f32x4.pmin: minps
  ;; V2: f32x4.pmin: minps
  ;; V3: f32x4.pmin: vminps
  ;; ARM: f32x4.pmin: fcmgt bit
  (func $f32x4.pmin (param v128 v128) (result v128)
    (f32x4.pmin (local.get 0) (local.get 1)))

  ;; V1: f32x4.pmax: maxps
  ;; V2: f32x4.pmax: maxps
  ;; V3: f32x4.pmax: vmaxps
  ;; ARM: f32x4.pmax: fcmgt bit
  (func $f32x4.pmax (param v128 v128) (result v128)
    (f32x4.pmax (local.get 0) (local.get 1)))

  ;; V1: f64x2.pmin: minpd
  ;; V2: f64x2.pmin: minpd
  ;; V3: f64x2.pmin: vminpd
  ;; ARM: f64x2.pmin: fcmgt bit
  (func $f64x2.pmin (param v128 v128) (result v128)
    (f64x2.pmin (local.get 0) (local.get 1)))

  ;; V1: f64x2.pmax: maxpd
  ;; V2: f64x2.pmax: maxpd
  ;; V3: f64x2.pmax: vmaxpd
  ;; ARM: f64x2.pmax: fcmgt bit
  (func $f64x2.pmax (param v128 v128) (result v128)
    (f64x2.pmax (local.get 0) (local.get 1)))

  ;; V1: f32x4.eq: cmpeqps
  ;; V2: f32x4.eq: cmpeqps
  ;; V3: f32x4.eq: vcmpeqps
  ;; ARM: f32x4.eq: fcmeq
  (func $f32x4.eq (param v128 v128) (result v128)
    (f32x4.eq (local.get 0) (local.get 1)))

  ;; V1: f32x4.ne: cmpneqps
  ;; V2: f32x4.ne: cmpneqps
  ;; V3: f32x4.ne: vcmpneqps
  ;; ARM: f32x4.ne: fcmeq mvn
  (func $f32x4.ne (param v128 v128) (result v128)
    (f32x4.ne (local.get 0) (local.get 1)))

  ;; V1: f32x4.lt: cmpltps
  ;; V2: f32x4.lt: cmpltps
  ;; V3: f32x4.lt: vcmpltps
  ;; ARM: f32x4.lt: fcmgt
  (func $f32x4.lt (param v128 v128) (result v128)
    (f32x4.lt (local.get 0) (local.get 1)))

  ;; V1: f32x4.gt: cmpltps
  ;; V2: f32x4.gt: cmpltps
  ;; V3: f32x4.gt: vcmpltps
  ;; ARM: f32x4.gt: fcmgt
  (func $f32x4.gt (param v128 v128) (result v128)
    (f32x4.gt (local.get 0) (local.get 1)))

  ;; V1: f32x4.le: cmpleps
  ;; V2: f32x4.le: cmpleps
  ;; V3: f32x4.le: vcmpleps
  ;; ARM: f32x4.le: fcmge
  (func $f32x4.le (param v128 v128) (result v128)
    (f32x4.le (local.get 0) (local.get 1)))

  ;; V1: f32x4.ge: cmpleps
  ;; V2: f32x4.ge: cmpleps
  ;; V3: f32x4.ge: vcmpleps
  ;; ARM: f32x4.ge: fcmge
  (func $f32x4.ge (param v128 v128) (result v128)
    (f32x4.ge (local.get 0) (local.get 1)))

  ;; V1: f64x2.eq: cmpeqpd
  ;; V2: f64x2.eq: cmpeqpd
  ;; V3: f64x2.eq: vcmpeqpd
  ;; ARM: f64x2.eq: fcmeq
  (func $f64x2.eq (param v128 v128) (result v128)
    (f64x2.eq (local.get 0) (local.get 1)))

  ;; V1: f64x2.ne: cmpneqpd
  ;; V2: f64x2.ne: cmpneqpd
  ;; V3: f64x2.ne: vcmpneqpd
  ;; ARM: f64x2.ne: fcmeq mvn
  (func $f64x2.ne (param v128 v128) (result v128)
    (f64x2.ne (local.get 0) (local.get 1)))

  ;; V1: f64x2.lt: cmpltpd
  ;; V2: f64x2.lt: cmpltpd
  ;; V3: f64x2.lt: vcmpltpd
  ;; ARM: f64x2.lt: fcmgt
  (func $f64x2.lt (param v128 v128) (result v128)
    (f64x2.lt (local.get 0) (local.get 1)))

  ;; V1: f64x2.gt: cmpltpd
  ;; V2: f64x2.gt: cmpltpd
  ;; V3: f64x2.gt: vcmpltpd
  ;; ARM: f64x2.gt: fcmgt
  (func $f64x2.gt (param v128 v128) (result v128)
    (f64x2.gt (local.get 0) (local.get 1)))

  ;; V1: f64x2.le: cmplepd
  ;; V2: f64x2.le: cmplepd
  ;; V3: f64x2.le: vcmplepd
  ;; ARM: f64x2.le: fcmge
  (func $f64x2.le (param v128 v128) (result v128)
    (f64x2.le (local.get 0) (local.get 1)))

  ;; V1: f64x2.ge: cmplepd
  ;; V2: f64x2.ge: cmplepd
  ;; V3: f64x2.ge: vcmplepd
  ;; ARM: f64x2.ge: fcmge
  (func $f64x2.ge (param v128 v128) (result v128)
    (f64x2.ge (local.get 0) (local.get 1))))
