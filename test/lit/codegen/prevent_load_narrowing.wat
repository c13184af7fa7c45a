;; No instruction reads a part of a vector in memory, since the rest would not trap, though both targets
;; have such instructions; an operation that needs all of it may read memory. (The traps are in
;; traps/half_used_vectors.wast.)
;;
;; RUN: %wasm2obj -O2 %v3 %s --emit=asm -o - | FileCheck %s --check-prefix V3
;; RUN: %wasm2obj -O2 %arm %s --emit=asm -o - | FileCheck %s --check-prefix ARM
;; RUN: %wasm2obj -O0 %arm %s --emit=asm -o - | FileCheck %s --check-prefix ARM
;; ARM-NOT: ld1r

(module
  (memory 1)
  ;; ARM-LABEL: {{^}}wasm.lane:
  ;; ARM: ldr q
  (func $lane (export "lane") (param i32) (result v128)
    (i32x4.splat (i32x4.extract_lane 0 (v128.load (local.get 0)))))
  ;; ARM-LABEL: {{^}}wasm.half:
  ;; ARM: ldr q
  (func $half (export "half") (param i32) (result v128)
    (i8x16.shuffle 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 (v128.load (local.get 0)) (v128.const i64x2 0 0)))

  ;; V3-LABEL: {{^}}wasm.extend:
  ;; V3: vmovdqu (%{{.*}}), [[LANES:%xmm[0-9]+]]
  ;; V3: vpmovsxbw [[LANES]],
  (func $extend (export "extend") (param i32) (result v128)
    (i16x8.extend_low_i8x16_s (v128.load (local.get 0))))

  ;; V3-LABEL: {{^}}wasm.add:
  ;; V3: vpaddw (%{{.*}}), %xmm0,
  (func $add (export "add") (param v128 i32) (result v128)
    (i16x8.add (local.get 0) (v128.load (local.get 1)))))
