;; A swizzle gives 0 for an index beyond the vector. x86's needs the highest bit for that, which a
;; saturating addition sets; the relaxed one depends on the target.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines --implicit-check-not=call
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  ;; V2: i8x16.swizzle: paddusb pshufb
  ;; V3: i8x16.swizzle: vpaddusb vpshufb
  ;; ARM: i8x16.swizzle: tbl
  (func $i8x16.swizzle (param v128 v128) (result v128)
    (i8x16.swizzle (local.get 0) (local.get 1)))

  ;; V2: i8x16.relaxed_swizzle: pshufb
  ;; V3: i8x16.relaxed_swizzle: vpshufb
  ;; ARM: i8x16.relaxed_swizzle: tbl
  (func $i8x16.relaxed_swizzle (param v128 v128) (result v128)
    (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))

  ;; V1: swizzle_by_constant: pxor punpckhbw pshuflw pshufhw punpcklbw pshuflw pshufhw packuswb
  ;; V2: swizzle_by_constant: pshufb
  ;; V3: swizzle_by_constant: vpshufb
  ;; ARM: swizzle_by_constant: rev32
  (func $swizzle_by_constant (param v128) (result v128)
    (i8x16.swizzle (local.get 0)
      (v128.const i8x16 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12))))
