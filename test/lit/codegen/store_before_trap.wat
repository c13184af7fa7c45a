;; Stores before an explicit trap are kept: the host can read them.
;;
;; RUN: %wasm2obj -O2 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

(module
  (memory (export "memory") 1)
  (global $g (export "g") (mut i32) (i32.const 0))
  ;; CHECK-LABEL: define {{.*}}@wasm.last_words(
  ;; CHECK-DAG: store i32 1,
  ;; CHECK-DAG: store i32 2,
  ;; CHECK: ubsantrap
  (func $last_words (export "last_words")
    (i32.store (i32.const 16) (i32.const 1))
    (global.set $g (i32.const 2))
    unreachable))
