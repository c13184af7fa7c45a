;; Carries, borrows and high halves, of values that are not known to the compiler and of constants.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s

(module
  (func (export "add") (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "sub") (param i64 i64 i64 i64) (result i64 i64)
    (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "mul s") (param i64 i64) (result i64 i64)
    (i64.mul_wide_s (local.get 0) (local.get 1)))
  (func (export "mul u") (param i64 i64) (result i64 i64)
    (i64.mul_wide_u (local.get 0) (local.get 1)))
  (func (export "constants") (result i64 i64)
    (i64.sub128 (i64.add128 (i64.const -1) (i64.const 1) (i64.const 1) (i64.const 0))
                (i64.mul_wide_s (i64.const -1) (i64.const 1)))))
(assert_return (invoke "add" (i64.const -1) (i64.const 2) (i64.const 1) (i64.const 3))
  (i64.const 0) (i64.const 6))
(assert_return (invoke "add" (i64.const -1) (i64.const -1) (i64.const -1) (i64.const -1))
  (i64.const -2) (i64.const -1))
(assert_return (invoke "sub" (i64.const 0) (i64.const 6) (i64.const 1) (i64.const 3))
  (i64.const -1) (i64.const 2))
(assert_return (invoke "mul s" (i64.const -1) (i64.const 2)) (i64.const -2) (i64.const -1))
(assert_return (invoke "mul u" (i64.const -1) (i64.const 2)) (i64.const -2) (i64.const 1))
(assert_return (invoke "mul s" (i64.const 0x8000_0000_0000_0000) (i64.const 0x8000_0000_0000_0000))
  (i64.const 0) (i64.const 0x4000_0000_0000_0000))
(assert_return (invoke "constants") (i64.const 1) (i64.const 2))
