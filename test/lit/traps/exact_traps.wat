;; --exact-traps keeps every access to memory where it is.
;;
;; RUN: %wasm2obj --exact-traps %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (memory 1)
  (global $own (mut i32) (i32.const 0))
  ;; CHECK-LABEL: define {{.*}}@wasm.copy(
  ;; CHECK-NOT: <{{[0-9]+}} x
  ;; CHECK: load volatile i32
  ;; CHECK: store volatile i32
  ;; CHECK-NOT: <{{[0-9]+}} x
  ;; CHECK: ret void
  (func $copy (export "copy") (param $from i32) (param $to i32) (param $n i32)
    (loop $next
      (i32.store (local.get $to) (i32.load (local.get $from)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; CHECK-LABEL: define {{.*}}@wasm.count(
  ;; CHECK: store i32 %{{.*}}, ptr %[[GLOBAL:.*]], align
  ;; CHECK: load volatile i8
  ;; CHECK: br i1
  (func $count (export "count") (param $p i32)
    (loop $next
      (global.set $own (i32.add (global.get $own) (i32.const 1)))
      (drop (i32.load8_u (local.get $p)))
      (br_if $next (local.tee $p (i32.add (local.get $p) (i32.const 1)))))))
