;; LLVM combines the instructions with those around them.
;;
;; RUN: %wasm2obj %v1 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V1 --match-full-lines
;; RUN: %wasm2obj %v2 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V2 --match-full-lines
;; RUN: %wasm2obj %v3 %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix V3 --match-full-lines
;; RUN: %wasm2obj %arm %s --emit=asm -o - | %instructions | FileCheck %s --check-prefix ARM --match-full-lines

(module
  (import "m" "use" (func $use (result i32)))
  (memory 1)

  ;; V1: branch_on_any: pxor pcmpeqd {{.*}}
  ;; V2: branch_on_any: ptest je {{.*}}
  ;; V3: branch_on_any: vptest je {{.*}}
  ;; ARM: branch_on_any: umaxv fmov {{.*}}
  (func $branch_on_any (param v128) (result i32)
    (if (result i32) (v128.any_true (local.get 0))
      (then (call $use)) (else (i32.const 7))))

  ;; V1: operand_in_memory: movdqu paddd
  ;; V2: operand_in_memory: movdqu paddd
  ;; V3: operand_in_memory: vpaddd
  ;; ARM: operand_in_memory: ldr add
  (func $operand_in_memory (param v128 i32) (result v128)
    (i32x4.add (local.get 0) (v128.load (local.get 1))))

  ;; V1: negated_compare: pcmpgtd pcmpeqd pxor
  ;; V2: negated_compare: pcmpgtd pcmpeqd pxor
  ;; V3: negated_compare: vpcmpgtd vpcmpeqd vpxor
  ;; ARM: negated_compare: cmge
  (func $negated_compare (param v128 v128) (result v128)
    (v128.not (i32x4.gt_s (local.get 0) (local.get 1))))

  ;; V1: select_by_compare: pcmpgtd pand pandn por
  ;; V2: select_by_compare: pminsd
  ;; V3: select_by_compare: vpminsd
  ;; ARM: select_by_compare: smin
  (func $select_by_compare (param v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (i32x4.lt_s (local.get 0) (local.get 1))))

  ;; V1: sign_bits_of_compare: pcmpeqb pmovmskb
  ;; V2: sign_bits_of_compare: pcmpeqb pmovmskb
  ;; V3: sign_bits_of_compare: vpcmpeqb vpmovmskb
  ;; ARM: sign_bits_of_compare: adrp cmeq ldr and ext zip1 addv fmov
  (func $sign_bits_of_compare (param v128 v128) (result i32)
    (i8x16.bitmask (i8x16.eq (local.get 0) (local.get 1))))

  ;; V1: lane_of_splat:
  ;; V2: lane_of_splat:
  ;; V3: lane_of_splat:
  ;; ARM: lane_of_splat:
  (func $lane_of_splat (param f32) (result f32)
    (f32x4.extract_lane 3 (f32x4.splat (local.get 0))))

  ;; V1: two_shuffles:
  ;; V2: two_shuffles:
  ;; V3: two_shuffles:
  ;; ARM: two_shuffles:
  (func $two_shuffles (param v128) (result v128)
    (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0
      (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get 0) (local.get 0))
      (local.get 0))))
