;; Loads and stores: one that extends, repeats or inserts is a single instruction where the target
;; has it. The address of 32 bits is a copy to 64.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  (memory 1)

  ;; V1: v128.load: movups
  ;; V2: v128.load: movups
  ;; V3: v128.load: vmovups
  ;; ARM: v128.load: ldr
  (func $v128.load (param i32) (result v128)
    (v128.load (local.get 0)))

  ;; V1: v128.store: movups
  ;; V2: v128.store: movups
  ;; V3: v128.store: vmovups
  ;; ARM: v128.store: str
  (func $v128.store (param i32 v128)
    (v128.store (local.get 0) (local.get 1)))

  ;; V1: v128.load8x8_s: movq punpcklbw psraw
  ;; V2: v128.load8x8_s: pmovsxbw
  ;; V3: v128.load8x8_s: vpmovsxbw
  ;; ARM: v128.load8x8_s: ldr sshll
  (func $v128.load8x8_s (param i32) (result v128)
    (v128.load8x8_s (local.get 0)))

  ;; V1: v128.load8x8_u: movq pxor punpcklbw
  ;; V2: v128.load8x8_u: pmovzxbw
  ;; V3: v128.load8x8_u: vpmovzxbw
  ;; ARM: v128.load8x8_u: ldr ushll
  (func $v128.load8x8_u (param i32) (result v128)
    (v128.load8x8_u (local.get 0)))

  ;; V1: v128.load16x4_s: movq punpcklwd psrad
  ;; V2: v128.load16x4_s: pmovsxwd
  ;; V3: v128.load16x4_s: vpmovsxwd
  ;; ARM: v128.load16x4_s: ldr sshll
  (func $v128.load16x4_s (param i32) (result v128)
    (v128.load16x4_s (local.get 0)))

  ;; V1: v128.load16x4_u: movq pxor punpcklwd
  ;; V2: v128.load16x4_u: pmovzxwd
  ;; V3: v128.load16x4_u: vpmovzxwd
  ;; ARM: v128.load16x4_u: ldr ushll
  (func $v128.load16x4_u (param i32) (result v128)
    (v128.load16x4_u (local.get 0)))

  ;; V1: v128.load32x2_s: movq pxor pcmpgtd punpckldq
  ;; V2: v128.load32x2_s: pmovsxdq
  ;; V3: v128.load32x2_s: vpmovsxdq
  ;; ARM: v128.load32x2_s: ldr sshll
  (func $v128.load32x2_s (param i32) (result v128)
    (v128.load32x2_s (local.get 0)))

  ;; V1: v128.load32x2_u: movsd xorps unpcklps
  ;; V2: v128.load32x2_u: pmovzxdq
  ;; V3: v128.load32x2_u: vpmovzxdq
  ;; ARM: v128.load32x2_u: ldr ushll
  (func $v128.load32x2_u (param i32) (result v128)
    (v128.load32x2_u (local.get 0)))

  ;; V1: v128.load8_splat: movzbl movd punpcklbw pshuflw pshufd
  ;; V2: v128.load8_splat: movzbl movd pxor pshufb
  ;; V3: v128.load8_splat: vpbroadcastb
  ;; ARM: v128.load8_splat: add ld1r
  (func $v128.load8_splat (param i32) (result v128)
    (v128.load8_splat (local.get 0)))

  ;; V1: v128.load16_splat: movzwl movd pshuflw pshufd
  ;; V2: v128.load16_splat: movzwl movd pshuflw pshufd
  ;; V3: v128.load16_splat: vpbroadcastw
  ;; ARM: v128.load16_splat: add ld1r
  (func $v128.load16_splat (param i32) (result v128)
    (v128.load16_splat (local.get 0)))

  ;; V1: v128.load32_splat: movd pshufd
  ;; V2: v128.load32_splat: movd pshufd
  ;; V3: v128.load32_splat: vbroadcastss
  ;; ARM: v128.load32_splat: add ld1r
  (func $v128.load32_splat (param i32) (result v128)
    (v128.load32_splat (local.get 0)))

  ;; V1: v128.load64_splat: movq pshufd
  ;; V2: v128.load64_splat: movq pshufd
  ;; V3: v128.load64_splat: vmovddup
  ;; ARM: v128.load64_splat: add ld1r
  (func $v128.load64_splat (param i32) (result v128)
    (v128.load64_splat (local.get 0)))

  ;; V1: v128.load32_zero: movl movd
  ;; V2: v128.load32_zero: movl movd
  ;; V3: v128.load32_zero: movl vmovd
  ;; ARM: v128.load32_zero: ldr
  (func $v128.load32_zero (param i32) (result v128)
    (v128.load32_zero (local.get 0)))

  ;; V1: v128.load64_zero: movq movq
  ;; V2: v128.load64_zero: movq movq
  ;; V3: v128.load64_zero: vmovq vmovq
  ;; ARM: v128.load64_zero: ldr
  (func $v128.load64_zero (param i32) (result v128)
    (v128.load64_zero (local.get 0)))

  ;; V1: v128.load8_lane: movdqa pand movzbl movd psllw pandn por
  ;; V2: v128.load8_lane: pinsrb
  ;; V3: v128.load8_lane: vpinsrb
  ;; ARM: v128.load8_lane: add ld1
  (func $v128.load8_lane (param i32 v128) (result v128)
    (v128.load8_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.load16_lane: pinsrw
  ;; V2: v128.load16_lane: pinsrw
  ;; V3: v128.load16_lane: vpinsrw
  ;; ARM: v128.load16_lane: add ld1
  (func $v128.load16_lane (param i32 v128) (result v128)
    (v128.load16_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.load32_lane: movss movlhps shufps
  ;; V2: v128.load32_lane: pinsrd
  ;; V3: v128.load32_lane: vpinsrd
  ;; ARM: v128.load32_lane: add ld1
  (func $v128.load32_lane (param i32 v128) (result v128)
    (v128.load32_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.load64_lane: movsd movlhps
  ;; V2: v128.load64_lane: pinsrq
  ;; V3: v128.load64_lane: vpinsrq
  ;; ARM: v128.load64_lane: add ld1
  (func $v128.load64_lane (param i32 v128) (result v128)
    (v128.load64_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.store8_lane: movd movb
  ;; V2: v128.store8_lane: pextrb
  ;; V3: v128.store8_lane: vpextrb
  ;; ARM: v128.store8_lane: mov str
  (func $v128.store8_lane (param i32 v128)
    (v128.store8_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.store16_lane: pextrw movw
  ;; V2: v128.store16_lane: pextrw
  ;; V3: v128.store16_lane: vpextrw
  ;; ARM: v128.store16_lane: mov str
  (func $v128.store16_lane (param i32 v128)
    (v128.store16_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.store32_lane: pshufd movd
  ;; V2: v128.store32_lane: extractps
  ;; V3: v128.store32_lane: vextractps
  ;; ARM: v128.store32_lane: mov str
  (func $v128.store32_lane (param i32 v128)
    (v128.store32_lane 1 (local.get 0) (local.get 1)))

  ;; V1: v128.store64_lane: pshufd movq
  ;; V2: v128.store64_lane: pextrq
  ;; V3: v128.store64_lane: vpextrq
  ;; ARM: v128.store64_lane: mov str
  (func $v128.store64_lane (param i32 v128)
    (v128.store64_lane 1 (local.get 0) (local.get 1))))
