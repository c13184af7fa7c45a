;; With --bounds=explicit every access compares with the present size, offset included, without
;; wrapping; and bulk instructions always do.
;;
;; RUN: %wasm2obj -O0 --bounds=explicit %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj -O0 %s -o %t.guard.ll
;; RUN: FileCheck %s --check-prefix GUARD --input-file %t.guard.ll

(module
  (memory 1 2)
  ;; CHECK-LABEL: define {{.*}}@wasm.get(
  ;; CHECK: icmp u{{[gl][te]}} i64
  ;; CHECK: br i1
  ;; CHECK: call void @llvm.ubsantrap(i8 2)
  ;; CHECK: load i32
  ;; GUARD-LABEL: define {{.*}}@wasm.get(
  ;; GUARD-NOT: ubsantrap
  ;; GUARD: load volatile i32
  (func $get (export "get") (param i32) (result i32)
    (i32.load offset=8 (local.get 0)))

  ;; GUARD-LABEL: define {{.*}}@wasm.fill(
  ;; GUARD: call void @llvm.ubsantrap(i8 2)
  ;; GUARD: call void @llvm.memset
  (func $fill (param i32 i32 i32)
    (memory.fill (local.get 0) (local.get 1) (local.get 2))))

;; RUN: %wasm2obj --bounds=explicit %s -o %t.so
;; RUN: %wasmrun --invoke get %t.so 65524 | FileCheck %s --check-prefix LAST
;; LAST: 0
;; RUN: not %wasmrun --invoke get %t.so 65525 2>&1 | FileCheck %s --check-prefix BEYOND
;; RUN: not %wasmrun --invoke get %t.so -1 2>&1 | FileCheck %s --check-prefix BEYOND
;; BEYOND: out of bounds memory access
