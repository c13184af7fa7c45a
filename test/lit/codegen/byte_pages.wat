;; A memory with pages of one byte has its bounds checked by code; the other memory does not.
;;
;; RUN: %wasm2obj -O2 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (memory $bytes 10 (pagesize 1))
  (memory $pages 1 (pagesize 65536))

  ;; CHECK-LABEL: define {{.*}}@wasm.from_bytes(
  ;; CHECK-COUNT-1: icmp
  ;; CHECK-NOT: icmp
  ;; CHECK: call void @llvm.ubsantrap(i8 2)
  (func $from_bytes (param i32) (result i32) (i32.load $bytes (local.get 0)))

  ;; CHECK-LABEL: define {{.*}}@wasm.from_pages(
  ;; CHECK-NOT: ubsantrap
  ;; CHECK: load volatile i32
  (func $from_pages (param i32) (result i32) (i32.load $pages (local.get 0)))

  ;; The size in bytes is the size.
  ;; CHECK-LABEL: define {{.*}}@wasm.size(
  ;; CHECK-NOT: lshr
  ;; CHECK: ret i32
  (func $size (result i32) (memory.size $bytes)))
