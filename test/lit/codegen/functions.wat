;; The shape of a function: fastcc, the context pinned by swiftself, hidden, with unwind tables; calls
;; carry the same, and are never turned into tail calls, so that endless
;; recursion exhausts the stack.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (func $callee (param i32 f64) (result i64) (i64.const 7))
  (func $caller (export "caller") (result i64)
    (call $callee (i32.const 1) (f64.const 2)))
  (func $forever (call $forever)))

;; CHECK: define {{.*}}hidden fastcc i64 @wasm.callee(ptr {{.*}}swiftself {{.*}}%ctx, i32 {{.*}}, double {{.*}}) [[ATTRIBUTES:#[0-9]+]]
;; CHECK: define {{.*}}hidden fastcc i64 @wasm.caller(ptr {{.*}}swiftself {{.*}}%ctx)
;; CHECK: notail call fastcc i64 @wasm.callee(ptr {{.*}}swiftself %ctx, i32 1, double 2.0{{.*}})
;; CHECK: define {{.*}}fastcc void @wasm.forever
;; CHECK: notail call fastcc void @wasm.forever
;; CHECK: attributes [[ATTRIBUTES]] = { {{.*}}nounwind {{.*}}uwtable
