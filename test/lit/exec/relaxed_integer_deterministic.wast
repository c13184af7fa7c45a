;; In the deterministic profile relaxed products of integers are signed and saturate, on every CPU.
;;
;; RUN: %wast --deterministic -O0 %s
;; RUN: %wast --deterministic -O2 %s
;; RUN: %if x86_64 %{ %wast --deterministic -O2 --cpu x86-64 %s %}
;; RUN: %if x86_64 %{ %wast --deterministic -O2 --cpu x86-64-v2 %s %}

(module
  (func (export "q15mulr") (param v128 v128) (result v128)
    (i16x8.relaxed_q15mulr_s (local.get 0) (local.get 1)))
  (func (export "dot") (param v128 v128) (result v128)
    (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
  (func (export "dot_add") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2))))

(assert_return (invoke "q15mulr" (v128.const i16x8 -32768 -32768 32767 1 0 0 0 0)
                                 (v128.const i16x8 -32768 32767 32767 16384 0 0 0 0))
               (v128.const i16x8 32767 -32767 32766 1 0 0 0 0))
;; -128 * -128 twice is 32768, which saturates; a factor's top bit is a sign; lanes of both parities.
(assert_return (invoke "dot"
                 (v128.const i8x16 -128 -128 -128 -128 127 127 1 0 0 1 -1 2 -128 127 -128 3)
                 (v128.const i8x16 -128 -128 -127 -127 -128 -128 -128 9 9 -128 -1 3 127 127 -128 -3))
               (v128.const i16x8 32767 32512 -32512 -128 -128 7 -127 16375))
(assert_return (invoke "dot_add"
                 (v128.const i8x16 -128 -128 -128 -128 127 127 127 127 1 2 3 4 -1 -2 -3 -4)
                 (v128.const i8x16 -128 -128 -128 -128 -128 -128 -128 -128 5 6 7 8 5 6 7 8)
                 (v128.const i32x4 1 0x7fffffff -70 70))
               (v128.const i32x4 65535 0x7fff01ff 0 0))
