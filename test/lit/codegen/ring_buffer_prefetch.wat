;; A ring of table indices is a prefetch, but not where memory has no guard pages behind it.
;; RUN: %wasm2obj --target=x86_64-linux-gnu --emit=asm --cpu=x86-64 %s -o - | FileCheck %s
;; RUN: %wasm2obj --target=x86_64-linux-gnu --emit=asm --cpu=x86-64 --bounds=explicit %s -o - | FileCheck --check-prefix=NONE %s
;; RUN: %wasm2obj --target=x86_64-linux-gnu --emit=asm --cpu=x86-64 -Os %s -o - | FileCheck --check-prefix=NONE %s
;; CHECK: prefetcht0
;; NONE-NOT: prefetch
(module
  (memory 16)
  (func (export "step") (param $i i32) (param $next i32) (result i32)
    (local $slot i32) (local $hash i32)
    (local.set $slot (i32.shl (i32.and (local.get $i) (i32.const 7)) (i32.const 2)))
    (local.set $hash (i32.load (local.get $slot)))
    (i32.store (local.get $slot) (local.get $next))
    (i32.load (i32.shl (i32.shr_u (local.get $hash) (i32.const 8)) (i32.const 6)))))
