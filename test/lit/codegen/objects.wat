;; Objects are allocated by advancing a cursor, and by a builtin if that would exceed the limit. Those
;; that do not escape are not allocated. A store of a reference to an object marks a card, unless the
;; object is new or the reference refers to no object.
;;
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj -O0 --target=x86_64-linux-gnu %s -o %t.0.ll
;; RUN: FileCheck %s --input-file %t.0.ll --check-prefix O0

(module
  (type $point (struct (field $x (mut i32)) (field $y (mut i64))))
  (type $node (struct (field $next (mut (ref null $node)))))
  (type $base (sub (struct (field i64))))
  (type $derived (sub final $base (struct (field i64) (field i64))))

  ;; The first i32 is behind the type word, so that the object has 16 bytes.
  ;; CHECK-LABEL: define {{.*}} @wasm.new(
  ;; CHECK: %[[END:.*]] = getelementptr i8, ptr %[[CURSOR:.*]], i64 16
  ;; CHECK: icmp ule ptr %[[END]],
  ;; CHECK: store ptr %[[END]],
  ;; CHECK: phi ptr [ %[[CURSOR]],
  ;; O0-LABEL: define {{.*}} @wasm.new(
  ;; O0: icmp ule ptr
  (func (export "new") (param i32 i64) (result (ref $point))
    (struct.new $point (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: define {{.*}} @wasm.local(
  ;; CHECK-NOT: = load
  ;; CHECK: ret i64
  (func (export "local") (param i64) (result i64)
    (local $p (ref null $point))
    (local.set $p (struct.new $point (i32.const 1) (local.get 0)))
    (struct.set $point $y (local.get $p) (i64.add (struct.get $point $y (local.get $p)) (i64.const 1)))
    (struct.get $point $y (local.get $p)))

  ;; CHECK-LABEL: define {{.*}} @wasm.link(
  ;; CHECK: store ptr %1, ptr
  ;; CHECK: lshr i64 %{{.*}}, 7
  ;; CHECK: store i8 1, ptr
  (func (export "link") (param (ref $node) (ref $node))
    (struct.set $node $next (local.get 0) (local.get 1)))

  ;; CHECK-LABEL: define {{.*}} @wasm.unlink(
  ;; CHECK: store ptr null, ptr
  ;; CHECK-NOT: store i8
  ;; CHECK: ret void
  (func (export "unlink") (param (ref $node))
    (struct.set $node $next (local.get 0) (ref.null $node)))

  ;; The reference is stored before anything can collect, so that it need not be null before.
  ;; CHECK-LABEL: define {{.*}} @wasm.push(
  ;; CHECK-NOT: store ptr null
  ;; CHECK-NOT: store i8
  ;; CHECK: ret ptr
  (func (export "push") (param (ref null $node)) (result (ref $node))
    (struct.new $node (local.get 0)))

  ;; A final type is compared directly, another one with an entry of the type's display.
  ;; CHECK-LABEL: define {{.*}} @wasm.isDerived(
  ;; CHECK-COUNT-2: load i32
  ;; CHECK-NOT: = load
  ;; CHECK: ret i32
  (func (export "isDerived") (param anyref) (result i32)
    (ref.test (ref $derived) (local.get 0)))
  ;; CHECK-LABEL: define {{.*}} @wasm.isBase(
  ;; CHECK: load ptr, {{.*}}!invariant.load
  ;; CHECK: ret i32
  (func (export "isBase") (param anyref) (result i32)
    (ref.test (ref $base) (local.get 0))))
