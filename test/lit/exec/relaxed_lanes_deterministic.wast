;; In the deterministic profile a relaxed swizzle gives zero for every index beyond the lanes, and a
;; relaxed laneselect takes each bit of the mask, on every CPU.
;;
;; RUN: %wast --deterministic -O0 %s
;; RUN: %wast --deterministic -O2 %s
;; RUN: %if x86_64 %{ %wast --deterministic -O2 --cpu x86-64 %s %}
;; RUN: %if x86_64 %{ %wast --deterministic -O2 --cpu x86-64-v2 %s %}

(module
  (func (export "swizzle") (param v128 v128) (result v128)
    (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
  (func (export "8") (param v128 v128 v128) (result v128)
    (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "16") (param v128 v128 v128) (result v128)
    (i16x8.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "32") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "64") (param v128 v128 v128) (result v128)
    (i64x2.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  ;; Computed by the compiler, with the same result.
  (func (export "constant") (result v128 v128)
    (i8x16.relaxed_swizzle (v128.const i64x2 -1 -1)
      (v128.const i8x16 0 15 16 17 31 32 127 128 255 1 2 3 4 5 6 7))
    (i32x4.relaxed_laneselect (v128.const i64x2 -1 -1) (v128.const i64x2 0 0)
      (v128.const i32x4 0x80000000 1 -1 0))))

(assert_return
  (invoke "swizzle" (v128.const i64x2 -1 -1)
    (v128.const i8x16 0 15 16 17 31 32 127 128 255 1 2 3 4 5 6 7))
  (v128.const i8x16 -1 -1 0 0 0 0 0 0 0 -1 -1 -1 -1 -1 -1 -1))
(assert_return
  (invoke "8" (v128.const i64x2 0x1212121212121212 0) (v128.const i64x2 0x3434343434343434 -1)
    (v128.const i64x2 0xf00f80018f7fff00 0x80))
  (v128.const i64x2 0x1432343432121234 0xffffffffffffff7f))
(assert_return (invoke "16" (v128.const i64x2 -1 0) (v128.const i64x2 0 -1)
    (v128.const i16x8 0x8000 1 0x0080 -1 0x8000 1 0x0080 -1))
  (v128.const i16x8 0x8000 1 0x0080 -1 0x7fff -2 0xff7f 0))
(assert_return (invoke "32" (v128.const i64x2 -1 0) (v128.const i64x2 0 -1)
    (v128.const i32x4 0x80000000 1 0x80000000 1))
  (v128.const i32x4 0x80000000 1 0x7fffffff -2))
(assert_return (invoke "64" (v128.const i64x2 -1 0) (v128.const i64x2 0 -1)
    (v128.const i64x2 0x8000000000000000 1))
  (v128.const i64x2 0x8000000000000000 -2))
(assert_return (invoke "constant")
  (v128.const i8x16 -1 -1 0 0 0 0 0 0 0 -1 -1 -1 -1 -1 -1 -1)
  (v128.const i32x4 0x80000000 1 -1 0))
