;; Shuffles, by their pattern: one instruction where the target has one for that; otherwise
;; two shuffles of bytes joined, or a table lookup.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V1: interleave_low: punpcklbw
  ;; V2: interleave_low: punpcklbw
  ;; V3: interleave_low: vpunpcklbw
  ;; ARM: interleave_low: zip1
  (func $interleave_low (param v128 v128) (result v128)
    (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get 0) (local.get 1)))

  ;; V1: interleave_high_16: punpckhwd
  ;; V2: interleave_high_16: punpckhwd
  ;; V3: interleave_high_16: vpunpckhwd
  ;; ARM: interleave_high_16: zip2
  (func $interleave_high_16 (param v128 v128) (result v128)
    (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get 0) (local.get 1)))

  ;; V1: low_halves: movlhps
  ;; V2: low_halves: movlhps
  ;; V3: low_halves: vmovlhps
  ;; ARM: low_halves: zip1
  (func $low_halves (param v128 v128) (result v128)
    (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get 0) (local.get 1)))

  ;; V1: even_32: shufps
  ;; V2: even_32: shufps
  ;; V3: even_32: vshufps
  ;; ARM: even_32: uzp1
  (func $even_32 (param v128 v128) (result v128)
    (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get 0) (local.get 1)))

  ;; V1: even_8: movdqa pand pand packuswb
  ;; V2: even_8: movdqa pand pand packuswb
  ;; V3: even_8: vpbroadcastd vpand vpand vpackuswb
  ;; ARM: even_8: uzp1
  (func $even_8 (param v128 v128) (result v128)
    (i8x16.shuffle 0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 (local.get 0) (local.get 1)))

  ;; V1: shift_in: psrldq pslldq por
  ;; V2: shift_in: palignr
  ;; V3: shift_in: vpalignr
  ;; ARM: shift_in: ext
  (func $shift_in (param v128 v128) (result v128)
    (i8x16.shuffle 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 (local.get 0) (local.get 1)))

  ;; V1: rotate: psrldq pslldq por
  ;; V2: rotate: palignr
  ;; V3: rotate: vpalignr
  ;; ARM: rotate: ext
  (func $rotate (param v128 v128) (result v128)
    (i8x16.shuffle 3 4 5 6 7 8 9 10 11 12 13 14 15 0 1 2 (local.get 0) (local.get 1)))

  ;; V2: reverse: pshufb
  ;; V3: reverse: vpshufb
  ;; ARM: reverse: rev64 ext
  (func $reverse (param v128 v128) (result v128)
    (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get 0) (local.get 1)))

  ;; V1: reverse_in_32: pxor punpckhbw pshuflw pshufhw punpcklbw pshuflw pshufhw packuswb
  ;; V2: reverse_in_32: pshufb
  ;; V3: reverse_in_32: vpshufb
  ;; ARM: reverse_in_32: rev32
  (func $reverse_in_32 (param v128 v128) (result v128)
    (i8x16.shuffle 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12 (local.get 0) (local.get 1)))

  ;; V1: splat_first: punpcklbw pshuflw pshufd
  ;; V2: splat_first: pxor pshufb
  ;; V3: splat_first: vpbroadcastb
  ;; ARM: splat_first: dup
  (func $splat_first (param v128 v128) (result v128)
    (i8x16.shuffle 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 (local.get 0) (local.get 1)))

  ;; V1: lanes_of_32: pshufd
  ;; V2: lanes_of_32: pshufd
  ;; V3: lanes_of_32: vshufps
  ;; ARM: lanes_of_32: ext zip2
  (func $lanes_of_32 (param v128 v128) (result v128)
    (i8x16.shuffle 8 9 10 11 0 1 2 3 12 13 14 15 4 5 6 7 (local.get 0) (local.get 1)))

  ;; V1: swap_halves: pshufd
  ;; V2: swap_halves: pshufd
  ;; V3: swap_halves: vshufps
  ;; ARM: swap_halves: ext
  (func $swap_halves (param v128 v128) (result v128)
    (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get 0) (local.get 1)))

  ;; V1: blend_16: movaps andps andnps orps
  ;; V2: blend_16: pblendw
  ;; V3: blend_16: vpblendw
  ;; ARM: blend_16: movi bif
  (func $blend_16 (param v128 v128) (result v128)
    (i8x16.shuffle 0 1 18 19 4 5 22 23 8 9 26 27 12 13 30 31 (local.get 0) (local.get 1)))

  ;; V2: any_of_one: pshufb
  ;; V3: any_of_one: vpshufb
  ;; ARM: any_of_one: adrp ldr tbl
  (func $any_of_one (param v128 v128) (result v128)
    (i8x16.shuffle 3 2 7 13 0 0 11 12 9 4 15 9 14 6 1 10 (local.get 0) (local.get 1)))

  ;; V2: any: pshufb pshufb por
  ;; V3: any: vpshufb vpshufb vpor
  ;; ARM: any: adrp ldr tbl
  (func $any (param v128 v128) (result v128)
    (i8x16.shuffle 3 18 7 29 0 16 11 12 25 4 31 9 14 22 1 26 (local.get 0) (local.get 1))))
