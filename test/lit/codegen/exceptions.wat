;; A call with a handler is an invoke. An exception that is caught in the function that throws it is a
;; branch, also if a function that throws was inlined, and is no object if the handler needs none.
;;
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj -O3 --target=x86_64-linux-gnu %s -o %t.3.ll
;; RUN: FileCheck %s --input-file %t.3.ll --check-prefix INLINED
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.so
;; RUN: llvm-readobj --sections %t.so 2>/dev/null || readelf -SW %t.so | FileCheck %s --check-prefix SECTIONS
;; SECTIONS-NOT: DW.ref
;; SECTIONS: .gcc_except_table

(module
  (import "m" "f" (func $f (param i32)))
  (tag $t (param i32))
  (tag $empty)

  ;; CHECK-LABEL: define {{.*}} @wasm.catch({{.*}} personality
  ;; CHECK: invoke fastcc void
  ;; CHECK: landingpad
  ;; CHECK-NEXT: catch ptr null
  (func (export "catch") (param i32) (result i32)
    (block $h (result i32)
      (try_table (result i32) (catch $t $h)
        (call $f (local.get 0))
        (i32.const 0))))

  ;; CHECK-LABEL: define {{.*}} @wasm.local(
  ;; CHECK-NOT: call
  ;; CHECK: ret i32
  (func (export "local") (param i32) (result i32)
    (block $h (result i32)
      (try_table (catch $t $h) (throw $t (local.get 0)))
      (unreachable)))

  (func $throws (param i32) (result i32)
    (if (i32.gt_s (local.get 0) (i32.const 5)) (then (throw $empty)))
    (local.get 0))

  ;; INLINED-LABEL: define {{.*}} @wasm.inlined(
  ;; INLINED-NOT: call
  ;; INLINED-NOT: invoke
  ;; INLINED: ret i32
  (func (export "inlined") (param i32) (result i32)
    (block $h
      (return (try_table (result i32) (catch $empty $h) (call $throws (local.get 0)))))
    (i32.const -1))

  ;; Without a handler the unwinder is called, and returns if nobody catches the exception.
  ;; CHECK-LABEL: define {{.*}} @wasm.throw(
  ;; CHECK: call i32 %{{.*}}(ptr {{.*}}%ctx, ptr
  ;; CHECK: call void @llvm.ubsantrap(i8 17)
  (func (export "throw") (param i32) (throw $t (local.get 0))))
