;; The maximum of a column, up to an element that ends it, is computed by a branch, which does not wait
;; for the previous loads.
;; RUN: %wasm2obj --target=x86_64-linux-gnu --emit=asm --cpu=x86-64 %s -o - | FileCheck %s
;; RUN: %wasm2obj --target=x86_64-linux-gnu --emit=asm --cpu=x86-64 --disable-pass=minmax-to-branch %s -o - | FileCheck --check-prefix=MOVE %s
;; CHECK-LABEL: wasm.column:
;; CHECK-NOT: cmov{{[gl]}}
;; CHECK: .size wasm.column
;; MOVE-LABEL: wasm.column:
;; MOVE: cmov{{[gl]}}
;; MOVE: .size wasm.column
(module
  (memory 16)
  (func $column (export "column") (param $at i32) (param $n i32) (result i32)
    (local $best i32) (local $x i32)
    (loop $next
      (local.set $x (i32.load (local.get $at)))
      (local.set $best
        (select (local.get $x) (local.get $best) (i32.gt_s (local.get $x) (local.get $best))))
      (local.set $at (i32.add (local.get $at) (i32.const 2000)))
      (br_if $next (i32.ne (local.get $x) (local.get $n))))
    (local.get $best)))
