;; A few bytes can declare large tables: constants are made for up to 65,536 elements in all,
;; each with null elements up to a power of two.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll

;; CHECK-DAG: @"wasm2obj.table[0].code" = hidden constant [65536 x ptr]
;; CHECK-DAG: @"wasm2obj.table[2].code" = hidden constant [32768 x ptr]
;; CHECK-NOT: wasm2obj.table[1]
;; CHECK-NOT: wasm2obj.table[3]
(module
  (type $none (func))
  (table $first 40000 funcref)
  (table $large 25537 funcref)
  (table $rest 25536 funcref)
  (table $more 1 funcref)
  (elem (table $first) (i32.const 0) func $f $f)
  (elem (table $large) (i32.const 0) func $f $f)
  (elem (table $rest) (i32.const 0) func $f $f)
  (elem (table $more) (i32.const 0) func $f)
  (func $f)
  (func (export "call") (param i32)
    (call_indirect $first (type $none) (local.get 0))
    (call_indirect $large (type $none) (local.get 0))
    (call_indirect $rest (type $none) (local.get 0))
    (call_indirect $more (type $none) (local.get 0))))
