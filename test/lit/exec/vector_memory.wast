;; Vector accesses at the end of a memory: loads trap also if their value is unused, and a lane
;; that cannot be stored changes nothing.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O2 --bounds=explicit %s

(module
  (memory 1)
  (func (export "extend") (param i32) (drop (v128.load8x8_s (local.get 0))))
  (func (export "splat") (param i32) (drop (v128.load16_splat (local.get 0))))
  (func (export "zero") (param i32) (drop (v128.load64_zero (local.get 0))))
  (func (export "load_lane") (param i32)
    (drop (v128.load32_lane 3 (local.get 0) (v128.const i64x2 0 0))))
  (func (export "load") (param i32) (drop (v128.load (local.get 0))))
  (func (export "store_lane") (param i32)
    (v128.store64_lane 1 (local.get 0) (v128.const i64x2 0 -1)))
  (func (export "store") (param i32) (v128.store (local.get 0) (v128.const i64x2 -1 -1)))
  (func (export "last") (result i64) (i64.load (i32.const 65528))))
(assert_return (invoke "extend" (i32.const 65528)))
(assert_trap (invoke "extend" (i32.const 65529)) "out of bounds memory access")
(assert_return (invoke "splat" (i32.const 65534)))
(assert_trap (invoke "splat" (i32.const 65535)) "out of bounds memory access")
(assert_return (invoke "zero" (i32.const 65528)))
(assert_trap (invoke "zero" (i32.const 65529)) "out of bounds memory access")
(assert_return (invoke "load_lane" (i32.const 65532)))
(assert_trap (invoke "load_lane" (i32.const 65533)) "out of bounds memory access")
(assert_return (invoke "load" (i32.const 65520)))
(assert_trap (invoke "load" (i32.const 65521)) "out of bounds memory access")
(assert_trap (invoke "store_lane" (i32.const 65529)) "out of bounds memory access")
(assert_trap (invoke "store" (i32.const 65521)) "out of bounds memory access")
(assert_trap (invoke "store_lane" (i32.const -1)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))
(assert_return (invoke "store_lane" (i32.const 65528)))
(assert_return (invoke "last") (i64.const -1))

;; Through an offset, in a second memory with 64-bit addresses.
(module
  (memory 1)
  (memory $m i64 1)
  (data (memory $m) (i64.const 65520) "\01\82\03\84\05\86\07\88\09\8a\0b\8c\0d\8e\0f\90")
  (func (export "extend") (param i64) (result v128)
    (v128.load8x8_u $m offset=65528 (local.get 0)))
  (func (export "lane") (param i64) (result v128)
    (v128.load16_lane $m offset=65528 7 (local.get 0) (v128.const i64x2 -1 -1)))
  (func (export "move") (param i64)
    (v128.store8_lane $m offset=65520 15 (local.get 0) (v128.load $m (i64.const 65520)))))
(assert_return (invoke "extend" (i64.const 0)) (v128.const i16x8 9 0x8a 0xb 0x8c 0xd 0x8e 0xf 0x90))
(assert_trap (invoke "extend" (i64.const -8)) "out of bounds memory access")
(assert_trap (invoke "extend" (i64.const 1)) "out of bounds memory access")
(assert_return (invoke "lane" (i64.const 6)) (v128.const i16x8 -1 -1 -1 -1 -1 -1 -1 0x900f))
(assert_trap (invoke "lane" (i64.const 7)) "out of bounds memory access")
(assert_trap (invoke "move" (i64.const 16)) "out of bounds memory access")
(assert_return (invoke "move" (i64.const 8)))
(assert_return (invoke "extend" (i64.const 0))
  (v128.const i16x8 0x90 0x8a 0xb 0x8c 0xd 0x8e 0xf 0x90))
