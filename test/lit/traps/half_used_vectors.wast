;; A vector load that is half in bounds traps, also where the code uses that half alone.
;;
;; REQUIRES: x86_64
;; RUN: %wast -O0 --cpu x86-64-v2 %s
;; RUN: %wast -O2 --cpu x86-64-v2 %s
;; RUN: %wast -O2 %s

(module
  (memory 1 1)
  (func (export "8") (param i32) (result v128)
    (i16x8.extend_low_i8x16_s (v128.load (local.get 0))))
  (func (export "16") (param i32) (result v128)
    (i32x4.extend_low_i16x8_u (v128.load (local.get 0))))
  (func (export "32") (param i32) (result v128)
    (i64x2.extend_low_i32x4_s (v128.load (local.get 0))))
  (func (export "product") (param i32) (result v128)
    (i64x2.extmul_low_i32x4_u (v128.load (local.get 0)) (v128.load (local.get 0))))
  (func (export "shuffle") (param i32) (result v128)
    (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23
      (v128.load (local.get 0)) (v128.const i64x2 0 0)))
  (func (export "mask") (param i32) (result v128)
    (v128.and (v128.load (local.get 0)) (v128.const i64x2 -1 0)))
  (func (export "lane") (param i32) (result i64)
    (i64x2.extract_lane 0 (v128.load (local.get 0)))))
(assert_return (invoke "8" (i32.const 65520)) (v128.const i64x2 0 0))
(assert_trap (invoke "8" (i32.const 65528)) "out of bounds memory access")
(assert_trap (invoke "16" (i32.const 65528)) "out of bounds memory access")
(assert_trap (invoke "32" (i32.const 65528)) "out of bounds memory access")
(assert_trap (invoke "product" (i32.const 65528)) "out of bounds memory access")
(assert_trap (invoke "shuffle" (i32.const 65528)) "out of bounds memory access")
(assert_trap (invoke "mask" (i32.const 65528)) "out of bounds memory access")
(assert_trap (invoke "lane" (i32.const 65528)) "out of bounds memory access")
