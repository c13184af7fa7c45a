;; The backtrace of an exception that nothing catches begins where it was thrown first, also if
;; frames on the way have handled it and thrown it again.
;;
;; RUN: %wasm2obj -O0 %s -o %t.so
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke clean %t.so 7 2>&1 | FileCheck %s
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke other %t.so 8 2>&1 \
;; RUN:   | FileCheck %s --check-prefix OTHER
;; RUN: %wasm2obj -O2 %s -o %t.2.so
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke clean %t.2.so 7 2>&1 | FileCheck %s
;; RUN: %python %helpers/status.py 134 %wasmrun --invoke other %t.2.so 8 2>&1 \
;; RUN:   | FileCheck %s --check-prefix OTHER

;; CHECK: uncaught exception: error (i32 7)
;; CHECK-NEXT: 0: 0x{{.*}}$thrower
;; CHECK-NEXT: 1: 0x{{.*}}$cleanup
;; CHECK-NEXT: 2: 0x{{.*}}$pass
;; CHECK-NEXT: 3: 0x{{.*}}$clean
;; CHECK-NOT: 0x

;; An exception that has been caught is not part of the backtrace of another one.
;; OTHER: uncaught exception: error (i32 8)
;; OTHER-NEXT: 0: 0x{{.*}}$thrower
;; OTHER-NEXT: 1: 0x{{.*}}$other
;; OTHER-NOT: 0x

(module
  (tag $error (export "error") (param i32))
  (tag $rare)
  (func $thrower (param i32) (throw $error (local.get 0)))
  (func $cleanup (param i32)
    (block $out (result exnref)
      (try_table (catch_all_ref $out) (call $thrower (local.get 0)))
      (return))
    (throw_ref))
  (func $pass (param i32)
    (block $out
      (try_table (catch $rare $out) (call $cleanup (local.get 0)))))
  (func $clean (export "clean") (param i32) (call $pass (local.get 0)))
  (func $other (export "other") (param i32)
    (block $out
      (try_table (catch_all $out) (call $pass (i32.const 1))))
    (call $thrower (local.get 0))))
