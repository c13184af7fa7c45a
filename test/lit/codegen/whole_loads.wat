;; A v128.load reads all of its bytes, also where one lane is used: AArch64 has an instruction that
;; would read that lane alone, and not trap at the end of a memory. (The traps are in
;; traps/half_used_vectors.wast.)
;;
;; RUN: %wasm2obj -O2 --target aarch64-linux-gnu %s --emit=asm -o - | FileCheck %s
;; RUN: %wasm2obj -O0 --target aarch64-linux-gnu %s --emit=asm -o - | FileCheck %s
;; CHECK-NOT: ld1r

(module
  (memory 1)
  ;; CHECK-LABEL: wasm.lane:
  ;; CHECK: ldr q
  (func $lane (export "lane") (param i32) (result v128)
    (i32x4.splat (i32x4.extract_lane 0 (v128.load (local.get 0)))))
  ;; CHECK-LABEL: wasm.half:
  ;; CHECK: ldr q
  (func $half (export "half") (param i32) (result v128)
    (i8x16.shuffle 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 (v128.load (local.get 0)) (v128.const i64x2 0 0))))
