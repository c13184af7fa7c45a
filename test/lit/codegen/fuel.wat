;; Counting of fuel: the cost of a straight piece of code is subtracted once, and is kept in a
;; register in loops. A loop whose iterations are counted has a version without checks, in which
;; other optimizations apply.
;;
;; REQUIRES: x86_64
;; RUN: %wasm2obj --count-fuel --cpu x86-64 --emit=llvm-ir %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj --count-fuel --exact-traps --cpu x86-64 --emit=llvm-ir %s -o %t.exact.ll
;; RUN: FileCheck %s --input-file %t.exact.ll --check-prefix EXACT

(module
  (memory 1)
  (func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 5)))

  ;; A function without calls and loops checks nothing.
  ;; CHECK-LABEL: define {{.*}} @wasm.straight(
  ;; CHECK-NOT: br
  ;; CHECK: [[FUEL:%.*]] = load i64, ptr [[PLACE:%.*]], {{.*}}!alias.scope
  ;; CHECK-NOT: br
  ;; CHECK: [[LEFT:%.*]] = add {{.*}}i64 [[FUEL]], -4
  ;; CHECK-NEXT: store i64 [[LEFT]], ptr [[PLACE]]
  ;; CHECK: ret i32
  (func (export "straight") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))

  ;; What two inlined calls cost is one subtraction, and one store.
  ;; CHECK-LABEL: define {{.*}} @wasm.inlined(
  ;; CHECK: add {{.*}}i64 {{.*}}, -12
  ;; CHECK: store i64
  ;; CHECK-NOT: store i64
  ;; CHECK: ret i32
  (func (export "inlined") (param i32) (result i32)
    (call $leaf (call $leaf (local.get 0))))

  ;; The version with checks traps; that without checks is vectorized, and what it consumes is a
  ;; product.
  ;; CHECK-LABEL: define {{.*}} @wasm.add(
  ;; CHECK: call void @llvm.ubsantrap(i8 25)
  ;; CHECK: [[CONSUMED:%.*]] = mul nsw i64 {{.*}}, -18
  ;; CHECK: add <4 x i32>
  ;; CHECK: add nsw i64 {{.*}}, [[CONSUMED]]
  ;; CHECK: ret
  ;; EXACT-LABEL: define {{.*}} @wasm.add(
  ;; EXACT: store volatile i64
  ;; EXACT: ret
  (func (export "add") (param $n i32) (local $i i32)
    (loop $l
      (i32.store offset=4096 (i32.shl (local.get $i) (i32.const 2))
        (i32.add (i32.load (i32.shl (local.get $i) (i32.const 2))) (i32.const 5)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (local.get $n)))))

  ;; Bytes cost one unit each, which is checked before they are written.
  ;; CHECK-LABEL: define {{.*}} @wasm.fill(
  ;; CHECK: [[COUNT:%.*]] = zext i32 {{.*}} to i64
  ;; CHECK: [[REST:%.*]] = sub i64 {{.*}}, [[COUNT]]
  ;; CHECK: [[LEFT:%.*]] = add i64 [[REST]], -5
  ;; CHECK: icmp slt i64 [[LEFT]], 0
  ;; CHECK: call void @llvm.memset
  (func (export "fill") (param i32)
    (memory.fill (i32.const 0) (i32.const 1) (local.get 0))))
