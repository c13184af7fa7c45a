;; Vectors beyond registers, in calls, tail calls and results; in globals; and spilled around calls.
;; What vectors.wast does in more ways, as a program that other machines can run.
;;
;; RUN: %wasm2obj -O0 %s -o %t.0.so && %wasmrun --invoke all %t.0.so i64x2:3,4 40002 | FileCheck %s
;; RUN: %wasm2obj -O2 %s -o %t.2.so && %wasmrun --invoke all %t.2.so i64x2:3,4 40002 | FileCheck %s
;; CHECK:      {{^}}0x00000000000000040000000000000003{{$}}
;; CHECK-NEXT: {{^}}0x0f0e0d0c0b0a09080706050403020100{{$}}
;; CHECK-NEXT: {{^}}0x00000000000000070000000000000013{{$}}
;; CHECK-NEXT: {{^}}0x000102030405060708090a0b0c0d0e0f{{$}}
;; CHECK-NEXT: {{^}}0xfffffffffffffffbfffffffffffffffc{{$}}
;; CHECK-NEXT: {{^}}17{{$}}

(module
  (type $many (func
    (param i64 i64 i64 i64 i64 i64 i64 i64 i64 v128 v128 v128 v128 v128 v128 v128 v128 f64 v128 i32 v128)
    (result v128 v128 i32)))
  (type $round (func
    (param i64 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128) (result v128 v128)))
  (table funcref (elem $many $round))
  (elem declare func $round)
  (global $narrow (mut i32) (i32.const 1))
  (global $lanes (mut v128) (v128.const i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0))
  (global $order v128 (v128.const i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0))

  (func $many (type $many)
    (i64x2.replace_lane 1 (local.get 20) (local.get 6))
    (local.get 16)
    (local.get 19))

  ;; Rotates its vectors until the count is 0.
  (func $round (type $round)
    (if (i32.eqz (local.get 1)) (then (return (local.get 2) (local.get 11))))
    (if (i32.and (local.get 1) (i32.const 1))
      (then (return_call $enter (i32.sub (local.get 1) (i32.const 1)) (local.get 2)
        (i8x16.shuffle 15 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 (local.get 11) (local.get 11)))))
    (return_call_ref $round (local.get 0) (i32.sub (local.get 1) (i32.const 1))
      (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7) (local.get 8)
      (local.get 9) (local.get 10) (local.get 2)
      (i8x16.shuffle 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 0 (local.get 11) (local.get 11))
      (ref.func $round)))
  (func $enter (param i32 v128 v128) (result v128 v128)
    (return_call_indirect (type $round) (i64.const 0) (local.get 0) (local.get 1) (local.get 1)
      (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1)
      (local.get 1) (local.get 2) (i32.const 1)))

  (func $reverse (param v128) (result v128)
    (global.set $lanes (i8x16.swizzle (local.get 0) (global.get $order)))
    (global.get $lanes))
  ;; All but the first of its vectors outlive a call.
  (func $spill (param i64 i64 i64 i64 i64 i64 i64 i64 i64 v128) (result v128)
    (v128.not (i8x16.swizzle (call $reverse (call $reverse (local.get 9)))
      (call $reverse (global.get $order)))))

  (func (export "all") (param v128 i32) (result v128 v128 v128 v128 v128 i32)
    (local v128 v128 i32)
    (local.set 3 (global.get $lanes))
    (call $enter (local.get 1) (local.get 0) (call $reverse (global.get $lanes)))
    (call_indirect (type $many)
      (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8) (i64.const 9)
      (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)
      (local.get 0) (local.get 3) (f64.const 1) (local.get 0) (i32.const 17)
      (v128.const i64x2 19 0) (i32.const 0))
    (local.set 4)
    (call $spill (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
      (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9) (local.get 0))
    (local.get 4)))
