;; The thunk of a host function's type checks the room on the stack, calls the typed C function with
;; the binding, and traps or throws if the host function requested that.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (import "env" "f" (func $f (param i64 f32) (result i32)))
  (export "f" (func $f)))

;; CHECK: define {{.*}}fastcc i32 @"wasm2obj.host[0]"(ptr {{.*}}swiftself
;; CHECK: call void @llvm.ubsantrap(i8 10)
;; CHECK: call i32 %{{.*}}(ptr {{.*}}, i64 {{.*}}, float
;; CHECK: ret i32
;; CHECK: call i32 %{{.*}}(ptr {{.*}}, ptr
;; CHECK: call void @llvm.ubsantrap(i8 16)
