;; Straight-line code is vectorized on a CPU with AVX-512, by LLVM's SLP vectorizer if
;; slp-with-avx2-costs is left out.
;;
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64-v4 --emit=asm %s -o - | FileCheck %s
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64-v4 --disable-pass=slp-with-avx2-costs \
;; RUN:   --emit=asm %s -o - | FileCheck %s
;; CHECK: vpaddd

(module
  (memory 1)
  (func (export "count_from") (param $to i32) (param $first i32)
    (i32.store (local.get $to) (local.get $first))
    (i32.store offset=4 (local.get $to) (i32.add (local.get $first) (i32.const 1)))
    (i32.store offset=8 (local.get $to) (i32.add (local.get $first) (i32.const 2)))
    (i32.store offset=12 (local.get $to) (i32.add (local.get $first) (i32.const 3)))))
