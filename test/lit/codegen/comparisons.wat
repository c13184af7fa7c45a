;; A loop that accesses many arrays is not vectorized behind hundreds of comparisons of their
;; addresses; a loop that accesses few is.
;;
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64-v3 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

;; CHECK-LABEL: define {{.*}}@wasm.few(
;; CHECK: store <8 x i32>
;; CHECK-LABEL: define {{.*}}@wasm.many(
;; CHECK-NOT: x i32>
;; CHECK-LABEL: define {{.*}}@memcpy

(module
  (memory 1)
  (func $few (export "few") (param $a i32) (param $b i32) (param $n i32)
    (loop $next
      (i32.store (local.get $b) (i32.load (local.get $a)))
      (local.set $a (i32.add (local.get $a) (i32.const 4)))
      (local.set $b (i32.add (local.get $b) (i32.const 4)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func $many (export "many")
    (param $a0 i32) (param $a1 i32) (param $a2 i32) (param $a3 i32) (param $a4 i32) (param $a5 i32) (param $a6 i32) (param $a7 i32) (param $b0 i32) (param $b1 i32) (param $b2 i32) (param $b3 i32) (param $b4 i32) (param $b5 i32) (param $b6 i32) (param $b7 i32)
    (param $n i32)
    (loop $next
      (i32.store (local.get $b0) (i32.load (local.get $a0)))
      (i32.store (local.get $b1) (i32.load (local.get $a1)))
      (i32.store (local.get $b2) (i32.load (local.get $a2)))
      (i32.store (local.get $b3) (i32.load (local.get $a3)))
      (i32.store (local.get $b4) (i32.load (local.get $a4)))
      (i32.store (local.get $b5) (i32.load (local.get $a5)))
      (i32.store (local.get $b6) (i32.load (local.get $a6)))
      (i32.store (local.get $b7) (i32.load (local.get $a7)))
      (local.set $a0 (i32.add (local.get $a0) (i32.const 4)))
      (local.set $a1 (i32.add (local.get $a1) (i32.const 4)))
      (local.set $a2 (i32.add (local.get $a2) (i32.const 4)))
      (local.set $a3 (i32.add (local.get $a3) (i32.const 4)))
      (local.set $a4 (i32.add (local.get $a4) (i32.const 4)))
      (local.set $a5 (i32.add (local.get $a5) (i32.const 4)))
      (local.set $a6 (i32.add (local.get $a6) (i32.const 4)))
      (local.set $a7 (i32.add (local.get $a7) (i32.const 4)))
      (local.set $b0 (i32.add (local.get $b0) (i32.const 4)))
      (local.set $b1 (i32.add (local.get $b1) (i32.const 4)))
      (local.set $b2 (i32.add (local.get $b2) (i32.const 4)))
      (local.set $b3 (i32.add (local.get $b3) (i32.const 4)))
      (local.set $b4 (i32.add (local.get $b4) (i32.const 4)))
      (local.set $b5 (i32.add (local.get $b5) (i32.const 4)))
      (local.set $b6 (i32.add (local.get $b6) (i32.const 4)))
      (local.set $b7 (i32.add (local.get $b7) (i32.const 4)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
