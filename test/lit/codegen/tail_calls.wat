;; A function that makes tail calls is a tailcc function; others call it so, and it has a fastcc
;; thunk only if it can escape. On x86-64 a tail call is `tail` in the end, elsewhere `musttail`.
;;
;; RUN: %wasm2obj -O0 --target=x86_64-linux-gnu %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll --check-prefixes CHECK,X86
;; RUN: not grep musttail %t.ll
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.2.ll
;; RUN: not grep musttail %t.2.ll
;; RUN: %wasm2obj -O0 --target=aarch64-linux-gnu %s -o %t.arm.ll
;; RUN: FileCheck %s --input-file %t.arm.ll --check-prefixes CHECK,ARM

(module
  (type $t (func (param i32) (result i32)))
  (import "m" "f" (func $imported (type $t)))
  (table 4 funcref)

  ;; CHECK-LABEL: define hidden fastcc i32 @wasm.leaf(ptr nonnull swiftself
  ;; CHECK: ret i32
  (func $leaf (type $t) (local.get 0))

  ;; CHECK-LABEL: define hidden tailcc i32 @wasm.self(ptr nonnull %ctx, i32
  ;; X86: [[RESULT:%.*]] = tail call tailcc i32 @wasm.self(ptr %ctx, i32 1)
  ;; ARM: [[RESULT:%.*]] = musttail call tailcc i32 @wasm.self(ptr %ctx, i32 1)
  ;; CHECK-NEXT: ret i32 [[RESULT]]
  (func $self (export "self") (type $t) (return_call $self (i32.const 1)))

  ;; CHECK-LABEL: define hidden tailcc i32 @wasm.to_leaf(
  ;; CHECK: [[RESULT:%.*]] = notail call fastcc i32 @wasm.leaf(ptr swiftself %ctx, i32
  ;; CHECK-NEXT: ret i32 [[RESULT]]
  (func $to_leaf (type $t) (return_call $leaf (local.get 0)))

  ;; CHECK-LABEL: define hidden fastcc i32 @wasm.ordinary(ptr nonnull swiftself
  ;; CHECK: notail call tailcc i32 @wasm.to_leaf(ptr %ctx, i32
  (func $ordinary (type $t) (call $to_leaf (local.get 0)))

  ;; CHECK-LABEL: define hidden tailcc i32 @wasm.through(
  ;; CHECK: [[IS_NULL:%.*]] = icmp eq ptr [[TAIL:%.*]], null
  ;; CHECK: br i1 [[IS_NULL]], label %[[FAST:[a-z]+]], label %[[TAIL_CALL:[a-z]+]]
  ;; CHECK: {{^}}[[TAIL_CALL]]:
  ;; CHECK: {{(must)?tail}} call tailcc i32 [[TAIL]](ptr
  ;; CHECK-NEXT: ret i32
  ;; CHECK: {{^}}[[FAST]]:
  ;; CHECK: notail call fastcc i32 {{.*}}(ptr swiftself
  ;; CHECK-NEXT: ret i32
  (func $through (type $t) (return_call $imported (local.get 0)))

  ;; CHECK-LABEL: define hidden tailcc i32 @wasm.indirect(
  ;; CHECK: call void @llvm.ubsantrap(i8 4)
  ;; CHECK: {{(must)?tail}} call tailcc i32
  ;; CHECK: {{^}}}
  (func $indirect (type $t) (return_call_indirect (type $t) (local.get 0) (i32.const 0))))

;; CHECK: define hidden fastcc i32 @"wasm2obj.fast[2]"(ptr nonnull swiftself
;; CHECK: notail call tailcc i32 @wasm.self(ptr %0, i32 %1)
;; CHECK-NOT: @"wasm2obj.fast
