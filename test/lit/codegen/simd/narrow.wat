;; Narrowing saturates.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: i8x16.narrow_i16x8_s: packsswb
  ;; V2: i8x16.narrow_i16x8_s: packsswb
  ;; V3: i8x16.narrow_i16x8_s: vpacksswb
  ;; ARM: i8x16.narrow_i16x8_s: sqxtn sqxtn2
  (func $i8x16.narrow_i16x8_s (param v128 v128) (result v128)
    (i8x16.narrow_i16x8_s (local.get 0) (local.get 1)))

  ;; V1: i8x16.narrow_i16x8_u: packuswb
  ;; V2: i8x16.narrow_i16x8_u: packuswb
  ;; V3: i8x16.narrow_i16x8_u: vpackuswb
  ;; ARM: i8x16.narrow_i16x8_u: sqxtun sqxtun2
  (func $i8x16.narrow_i16x8_u (param v128 v128) (result v128)
    (i8x16.narrow_i16x8_u (local.get 0) (local.get 1)))

  ;; V1: i16x8.narrow_i32x4_s: packssdw
  ;; V2: i16x8.narrow_i32x4_s: packssdw
  ;; V3: i16x8.narrow_i32x4_s: vpackssdw
  ;; ARM: i16x8.narrow_i32x4_s: sqxtn sqxtn2
  (func $i16x8.narrow_i32x4_s (param v128 v128) (result v128)
    (i16x8.narrow_i32x4_s (local.get 0) (local.get 1)))

  ;; V2: i16x8.narrow_i32x4_u: packusdw
  ;; V3: i16x8.narrow_i32x4_u: vpackusdw
  ;; ARM: i16x8.narrow_i32x4_u: sqxtun sqxtun2
  (func $i16x8.narrow_i32x4_u (param v128 v128) (result v128)
    (i16x8.narrow_i32x4_u (local.get 0) (local.get 1))))
