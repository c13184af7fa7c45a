;; An access with 32-bit addresses costs no check: the base is loaded once per function as invariant,
;; the address is base + zext(index) + offset. Loads are volatile, since they must trap also if
;; their value is unused. Memory has an alias scope of its own.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (memory 1)
  (global $g (mut i32) (i32.const 0))

  ;; CHECK-LABEL: define {{.*}}@wasm.access(
  ;; CHECK: %memory = load ptr, {{.*}}!invariant.load
  ;; CHECK-NOT: !invariant.load
  ;; CHECK: [[WIDE:%.*]] = zext i32 {{.*}} to i64
  ;; CHECK: [[AT:%.*]] = getelementptr inbounds nuw i8, ptr %memory, i64 [[WIDE]]
  ;; CHECK: [[AT2:%.*]] = getelementptr inbounds nuw i8, ptr [[AT]], i64 4294967280
  ;; CHECK: load volatile i16, ptr [[AT2]], align 1{{.*}}!alias.scope [[MEMORY:![0-9]+]]{{.*}}!noalias [[REST:![0-9]+]]
  ;; CHECK: sext i16
  ;; CHECK: getelementptr inbounds nuw i8, ptr %memory
  ;; CHECK-NOT: ubsantrap
  ;; CHECK: store i32 {{.*}}, align 1{{.*}}!alias.scope [[MEMORY]]{{.*}}!noalias [[REST]]
  ;; CHECK: ret void
  (func $access (param i32)
    (i32.store (local.get 0)
      (i32.load16_s offset=4294967280 (local.get 0))))

  ;; CHECK-LABEL: define {{.*}}@wasm.unused(
  ;; CHECK: load volatile i64
  (func $unused (param i32)
    (drop (i64.load (local.get 0))))

  ;; CHECK-LABEL: define {{.*}}@wasm.global(
  ;; CHECK: load i32, {{.*}}!alias.scope [[GLOBALS:![0-9]+]]
  ;; CHECK: store i32 {{.*}}!alias.scope [[GLOBALS]]
  (func $global
    (global.set $g (i32.add (global.get $g) (i32.const 1)))))

;; The scopes are of one domain, and each of them is in the others' noalias list.
;; CHECK-DAG: [[MEMORY]] = !{[[MEMORY_SCOPE:![0-9]+]]}
;; CHECK-DAG: [[GLOBALS]] = !{[[GLOBALS_SCOPE:![0-9]+]]}
;; CHECK-DAG: [[REST]] = !{{.*}}[[GLOBALS_SCOPE]]
