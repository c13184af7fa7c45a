;; Nothing reads a part of a vector in memory, since the rest would not trap; what needs all of it may
;; read it by itself.
;;
;; RUN: %wasm2obj --emit=asm -O2 --target x86_64-linux-gnu --cpu x86-64-v3 %s -o - | FileCheck %s

(module
  (memory 1)
  ;; CHECK-LABEL: {{^}}wasm.extend:
  ;; CHECK: vmovdqu (%{{.*}}), [[LANES:%xmm[0-9]+]]
  ;; CHECK: vpmovsxbw [[LANES]],
  (func $extend (export "extend") (param i32) (result v128)
    (i16x8.extend_low_i8x16_s (v128.load (local.get 0))))

  ;; CHECK-LABEL: {{^}}wasm.add:
  ;; CHECK: vpaddw (%{{.*}}), %xmm0,
  (func $add (export "add") (param v128 i32) (result v128)
    (i16x8.add (local.get 0) (v128.load (local.get 1)))))
