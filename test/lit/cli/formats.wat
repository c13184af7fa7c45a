;; Both formats are input and output, also for untranslated features; text is the same bytes.
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj %s -o %t/a.wasm
;; RUN: %wasm2obj %t/a.wasm -o %t/a.wat && FileCheck %s --input-file %t/a.wat
;; RUN: %wasm2obj %t/a.wat --emit=wasm -o %t/b.wasm && cmp %t/a.wasm %t/b.wasm
;; RUN: %wasm2obj %s --emit=wat -o - | FileCheck %s
;; RUN: %wasm2obj --emit=wasm -o - - < %s | cmp - %t/a.wasm
;; RUN: cd %t && %wasm2obj a.wasm --emit=wat -o - | cmp - a.wat

;; Formats are told apart by content, not by name.
;; RUN: cp %t/a.wat %t/text.wasm && %wasm2obj %t/text.wasm -o %t/c.wasm && cmp %t/a.wasm %t/c.wasm

;; An invalid module is not encoded.
;; RUN: %python %helpers/status.py 1 %wasm2obj %S/Inputs/ill_typed.wat -o %t/ill.wasm
;; RUN: not ls %t/ill.wasm

(module $m
  (type $pair (struct (field $first i32) (field (mut f64))))
  (func $make (export "make") (param $x i32) (result (ref $pair))
    (struct.new $pair (local.get $x) (f64.const 0x1.8p0)))
  (func $lanes (param v128) (result v128)
    (i8x16.add (local.get 0) (v128.const i32x4 1 2 3 4)))
  (@custom "note" (after type) "x\00y"))

;; CHECK:      (module $m
;; CHECK-NEXT:   (type $pair (;0;) (struct (field $first i32) (field (mut f64))))
;; CHECK-NEXT:   (type (;1;) (func (param i32) (result (ref $pair))))
;; CHECK-NEXT:   (type (;2;) (func (param v128) (result v128)))
;; CHECK-NEXT:   (export "make" (func $make))
;; CHECK-NEXT:   (func $make (;0;) (type 1) (param $x i32) (result (ref $pair))
;; CHECK-NEXT:     local.get $x
;; CHECK-NEXT:     f64.const 1.5
;; CHECK-NEXT:     struct.new $pair
;; CHECK-NEXT:   )
;; CHECK-NEXT:   (func $lanes (;1;) (type 2) (param v128) (result v128)
;; CHECK-NEXT:     local.get 0
;; CHECK-NEXT:     v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004
;; CHECK-NEXT:     i8x16.add
;; CHECK-NEXT:   )
;; CHECK-NEXT:   (@custom "note" (after type) "x\00y")
;; CHECK-NEXT: )
