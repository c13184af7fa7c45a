;; An indirect call checks the index against the table's size, then the element's type id, which
;; lies in the element itself; only on a mismatch is told whether the element was null.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (type $t (func (param i32) (result i32)))
  (table 4 funcref)
  ;; CHECK-LABEL: define {{.*}}@wasm.via(
  ;; CHECK: icmp uge i64
  ;; CHECK: call void @llvm.ubsantrap(i8 4)
  ;; CHECK: [[ACTUAL:%.*]] = load i32, ptr {{.*}}!alias.scope
  ;; CHECK: [[EXPECTED:%.*]] = load i32, ptr {{.*}}!invariant.load
  ;; CHECK: icmp eq i32 [[ACTUAL]], [[EXPECTED]]
  ;; CHECK-DAG: icmp eq i32 [[ACTUAL]], -1
  ;; CHECK-DAG: [[CODE:%.*]] = load ptr, ptr
  ;; CHECK-DAG: [[CONTEXT:%.*]] = load ptr, ptr
  ;; CHECK-DAG: call fastcc i32 [[CODE]](ptr swiftself [[CONTEXT]], i32 1)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 5)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 6)
  ;; CHECK: {{^}}}
  (func $via (param i32) (result i32)
    (call_indirect (type $t) (i32.const 1) (local.get 0))))
