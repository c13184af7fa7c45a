;; An imported function is called through its entry and context, both words of our own context that
;; never change; so are imported memories' bases. Constant globals are invariant too.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (import "env" "f" (func $f (param i64)))
  (import "env" "g" (global $g i64))
  ;; CHECK-LABEL: define {{.*}}@wasm.user(
  ;; CHECK: [[CELL:%.*]] = load ptr, {{.*}}!invariant.load
  ;; CHECK: [[VALUE:%.*]] = load i64, ptr [[CELL]], {{.*}}!invariant.load
  ;; CHECK: [[ENTRY:%.*]] = load ptr, {{.*}}!invariant.load
  ;; CHECK: [[CONTEXT:%.*]] = load ptr, {{.*}}!invariant.load
  ;; CHECK: call fastcc void [[ENTRY]](ptr swiftself [[CONTEXT]], i64 [[VALUE]])
  (func $user (call $f (global.get $g))))
