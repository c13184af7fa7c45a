;; A table that only its segments write to: its elements' types and code are constants.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj --cpu=x86-64 --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck --check-prefix=ASM %s --input-file %t.s

(module
  (type $unary (func (param i32) (result i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (type $none (func))
  (import "m" "f" (func $imported (type $none)))
  (table $t 8 8 funcref)
  (elem (i32.const 1) $inc $dec $add $stop $imported)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $unary) (i32.sub (local.get 0) (i32.const 1)))
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $stop (type $none))

  ;; CHECK-DAG: @"wasm2obj.table[0].types" = hidden constant [8 x i32] [i32 -1, i32 0, i32 0, i32 1, i32 2, i32 2, i32 -1, i32 -1]
  ;; CHECK-DAG: @"wasm2obj.table[0].code" = hidden constant [8 x ptr] [ptr null, ptr @wasm.inc, ptr @wasm.dec, ptr @wasm.add, ptr @wasm.stop, ptr null, ptr null, ptr null]

  ;; CHECK-LABEL: define hidden fastcc i32 @wasm.several(
  ;; CHECK-DAG: icmp uge i64 %{{.*}}, 8
  ;; CHECK-DAG: getelementptr inbounds i8, ptr @"wasm2obj.table[0].types"
  ;; CHECK-DAG: [[INDEX:%.*]] = call i64 asm
  ;; CHECK-DAG: and i64 [[INDEX]], 7
  ;; CHECK-DAG: load i32, {{.*}}!invariant.load
  ;; CHECK-DAG: icmp eq i32 %{{.*}}, 0
  ;; CHECK-DAG: getelementptr inbounds i8, ptr @"wasm2obj.table[0].code"
  ;; CHECK-DAG: [[CODE:%.*]] = load ptr, {{.*}}!invariant.load
  ;; CHECK-DAG: call fastcc i32 [[CODE]](ptr swiftself %ctx, i32
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 4)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 5)
  ;; CHECK-DAG: call void @llvm.ubsantrap(i8 6)
  ;; CHECK: {{^}}}
  ;; ASM-LABEL: wasm.several:
  ;; ASM: cmpl $7,
  ;; ASM: ja
  ;; ASM: andl $7,
  ;; ASM: movl (%{{.*}},%{{.*}},4), [[TYPE:%e.*]]
  ;; ASM: testl [[TYPE]], [[TYPE]]
  ;; ASM: jne
  ;; ASM: callq *(%{{.*}},%{{.*}},8)
  (func $several (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: define hidden fastcc i32 @wasm.only(
  ;; CHECK: icmp eq i64 %{{.*}}, 3
  ;; CHECK: call fastcc i32 @wasm.add(ptr swiftself %ctx, i32
  ;; ASM-LABEL: wasm.only:
  ;; ASM-NOT: call
  ;; ASM: ret
  (func $only (param i32) (result i32)
    (call_indirect (type $binary) (i32.const 5) (i32.const 6) (local.get 0)))

  ;; An imported function needs its own context.
  ;; CHECK-LABEL: define hidden fastcc void @wasm.others(
  ;; CHECK-NOT: wasm2obj.table
  ;; CHECK: ret void
  (func $others (param i32)
    (call_indirect (type $none) (local.get 0)))

  (export "several" (func $several))
  (export "only" (func $only))
  (export "others" (func $others)))
