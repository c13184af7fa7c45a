;; An indirect call checks the index against the table's size, then the element's type id, which
;; is in the element itself; only after a mismatch it tests whether the element is null. If there is a
;; segment base, a function of another instance is called by a thunk.
;;
;; RUN: %wasm2obj -O0 --target x86_64-linux-gnu %s -o %t.x86.ll
;; RUN: FileCheck %s --input-file %t.x86.ll --check-prefixes CHECK,SEGMENT
;; RUN: %wasm2obj -O0 %arm %s -o %t.arm.ll
;; RUN: FileCheck %s --input-file %t.arm.ll --check-prefixes CHECK,PLAIN

(module
  (type $t (func (param i32) (result i32)))
  (table (export "table") 4 funcref)
  ;; CHECK-LABEL: define {{.*}}@wasm.via(
  ;; CHECK: icmp uge i64
  ;; CHECK: call void @llvm.ubsantrap(i8 4)
  ;; CHECK: [[ACTUAL:%.*]] = load i32, ptr {{.*}}!alias.scope
  ;; CHECK: [[EXPECTED:%.*]] = load i32, ptr {{.*}}!invariant.load
  ;; CHECK: icmp eq i32 [[ACTUAL]], [[EXPECTED]]
  ;; CHECK: icmp eq i32 [[ACTUAL]], -1
  ;; CHECK: [[CODE:%.*]] = load ptr, ptr
  ;; CHECK: [[CONTEXT:%.*]] = load ptr, ptr
  ;; PLAIN-DAG: call fastcc i32 [[CODE]](ptr swiftself [[CONTEXT]], i32 1)
  ;; SEGMENT: icmp eq ptr [[CONTEXT]], %ctx
  ;; SEGMENT-DAG: store ptr [[CODE]], ptr %crossing
  ;; SEGMENT-DAG: store ptr [[CONTEXT]], ptr
  ;; SEGMENT-DAG: [[EITHER:%.*]] = phi ptr [ [[CODE]], %match ], [ @"wasm2obj.cross[0]", %foreign ]
  ;; SEGMENT-DAG: [[WITH:%.*]] = phi ptr [ %ctx, %match ], [ %crossing, %foreign ]
  ;; SEGMENT-DAG: call fastcc i32 [[EITHER]](ptr swiftself [[WITH]], i32 1)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 5)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 6)
  ;; CHECK: {{^}}}
  (func $via (param i32) (result i32)
    (call_indirect (type $t) (i32.const 1) (local.get 0))))
