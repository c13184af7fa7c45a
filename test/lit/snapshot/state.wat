;; The state after the initializer is the initial state of the snapshot's instances: memories,
;; tables and globals of all types, sizes, and which segments have been dropped.
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj snapshot %s -o %t/s.so
;; RUN: %wasmrun --invoke state %t/s.so | FileCheck %s
;; CHECK:      7
;; CHECK-NEXT: -8
;; CHECK-NEXT: 1.5
;; CHECK-NEXT: nan:0x400001
;; CHECK-NEXT: 0x000000010000000200000003ffffffff
;; CHECK-NEXT: -5
;; CHECK-NEXT: 1073741823
;; RUN: %wasmrun --invoke memories %t/s.so | FileCheck %s --check-prefix MEMORIES
;; MEMORIES:      3
;; MEMORIES-NEXT: 42
;; MEMORIES-NEXT: 43
;; MEMORIES-NEXT: 6513249
;; MEMORIES-NEXT: 2
;; MEMORIES-NEXT: 44
;; RUN: %wasmrun --invoke tables %t/s.so | FileCheck %s --check-prefix TABLES
;; TABLES:      20
;; TABLES-NEXT: 100
;; TABLES-NEXT: 0
;; TABLES-NEXT: 101
;; TABLES-NEXT: 77

;; Dropped segments stay dropped, others are still there.
;; RUN: not %wasmrun --invoke dropped_data %t/s.so 2>&1 | FileCheck %s --check-prefix DATA
;; DATA: trap: out of bounds memory access
;; RUN: not %wasmrun --invoke dropped_elements %t/s.so 2>&1 | FileCheck %s --check-prefix ELEMENTS
;; ELEMENTS: trap: out of bounds table access
;; RUN: %wasmrun --invoke kept %t/s.so | FileCheck %s --check-prefix KEPT
;; KEPT:      6579300
;; KEPT-NEXT: 101

;; A memory can grow from its new size to its old limit.
;; RUN: %wasmrun --invoke grow %t/s.so | FileCheck %s --check-prefix GROW
;; GROW:      3
;; GROW-NEXT: -1

;; The initializer and the start function are gone, unless the former is to be kept.
;; RUN: not %wasmrun --invoke wizer-initialize %t/s.so 2>&1 | FileCheck %s --check-prefix NONE
;; NONE: 'wizer-initialize'
;; RUN: %wasm2obj snapshot %s --keep-init --rename result=state -o %t/kept.so
;; RUN: %wasmrun --invoke result %t/kept.so | FileCheck %s
;; RUN: not %wasmrun --invoke state %t/kept.so 2>&1 | FileCheck %s --check-prefix RENAMED
;; RENAMED: 'state'
;; RUN: not %wasmrun --invoke wizer-initialize %t/kept.so 2>&1 | FileCheck %s --check-prefix TWICE
;; TWICE: trap: unreachable

;; A snapshot can be a module, in both formats, which is the same one: it has no segments for zeros.
;; RUN: %wasm2obj snapshot %s -o %t/s.wasm && %wasm2obj validate %t/s.wasm
;; RUN: %wasmrun --invoke state %t/s.wasm | FileCheck %s
;; RUN: %wasmrun --invoke tables %t/s.wasm | FileCheck %s --check-prefix TABLES
;; RUN: %wasm2obj snapshot %s -o %t/s.wat && %wasm2obj %t/s.wat -o %t/t.wasm && cmp %t/s.wasm %t/t.wasm
;; RUN: FileCheck %s --input-file %t/s.wat --check-prefix TEXT
;; TEXT-NOT: (start
;; TEXT-DAG: (memory $m (;0;) 3 4)
;; TEXT-DAG: (memory $n (;1;) i64 2)
;; TEXT-DAG: (data $dropped (;1;) "")
;; TEXT-DAG: (elem $gone (;0;) declare

;; The same input gives the same bytes, with any number of threads.
;; RUN: %wasm2obj snapshot %s -j 1 -o %t/again.so && cmp %t/s.so %t/again.so

(module
  (type $f (func (result i32)))
  (memory $m 1 4)
  (memory $n i64 1)
  (table $t 2 funcref)
  (table $r 1 (ref null i31))
  (table $x 1 externref)
  (global $i32 (mut i32) (i32.const 0))
  (global $i64 (mut i64) (i64.const 0))
  (global $f32 (mut f32) (f32.const 0))
  (global $f64 (mut f64) (f64.const 0))
  (global $v128 (mut v128) (v128.const i32x4 0 0 0 0))
  (global $any (mut anyref) (ref.null any))
  (global $extern (mut externref) (ref.null extern))
  (global $func (mut (ref null $f)) (ref.null $f))
  (data $active (memory $m) (i32.const 8) "abc")
  (data $dropped "xyz")
  (data $passive "ddd")
  (elem $gone funcref (ref.func $one))
  (elem $stays funcref (ref.func $two))
  (func $one (result i32) (i32.const 100))
  (func $two (result i32) (i32.const 101))
  (func $start (global.set $i32 (i32.const 3)))
  (start $start)

  (func (export "wizer-initialize")
    (if (i64.ne (global.get $i64) (i64.const 0)) (then unreachable))
    (global.set $i32 (i32.add (global.get $i32) (i32.const 4)))
    (global.set $i64 (i64.const -8))
    (global.set $f32 (f32.const 1.5))
    (global.set $f64 (f64.const nan:0x400001))
    (global.set $v128 (v128.const i32x4 -1 3 2 1))
    (global.set $any (ref.i31 (i32.const -5)))
    (global.set $extern (extern.convert_any (ref.i31 (i32.const 0x3fffffff))))
    (global.set $func (ref.func $one))
    (drop (memory.grow $m (i32.const 2)))
    (drop (memory.grow $n (i64.const 1)))
    (i32.store $m (i32.const 0) (i32.const 42))
    (i32.store $m (i32.const 196604) (i32.const 43))
    (i64.store $n (i64.const 131000) (i64.const 44))
    (drop (table.grow $t (ref.null func) (i32.const 18)))
    (table.set $t (i32.const 1) (ref.func $one))
    (table.set $t (i32.const 19) (ref.func $two))
    (table.set $r (i32.const 0) (ref.i31 (i32.const 77)))
    (data.drop $dropped)
    (elem.drop $gone))

  (func (export "state") (result i32 i64 f32 f64 v128 i32 i32)
    (global.get $i32) (global.get $i64) (global.get $f32) (global.get $f64) (global.get $v128)
    (i31.get_s (ref.cast (ref i31) (global.get $any)))
    (i31.get_u (ref.cast (ref i31) (any.convert_extern (global.get $extern)))))
  (func (export "memories") (result i32 i32 i32 i32 i64 i64)
    (memory.size $m) (i32.load $m (i32.const 0)) (i32.load $m (i32.const 196604))
    (i32.load $m (i32.const 8))
    (memory.size $n) (i64.load $n (i64.const 131000)))
  (func (export "tables") (result i32 i32 i32 i32 i32)
    (table.size $t)
    (call_indirect $t (type $f) (i32.const 1))
    (i32.eqz (ref.is_null (table.get $t (i32.const 0))))
    (call_indirect $t (type $f) (i32.const 19))
    (i31.get_s (table.get $r (i32.const 0))))
  (func (export "dropped_data")
    (memory.init $m $dropped (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (export "dropped_elements")
    (table.init $t $gone (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (export "kept") (result i32 i32)
    (memory.init $m $passive (i32.const 100) (i32.const 0) (i32.const 3))
    (i32.load $m (i32.const 100))
    (table.init $t $stays (i32.const 5) (i32.const 0) (i32.const 1))
    (call_indirect $t (type $f) (i32.const 5)))
  (func (export "grow") (result i32 i32)
    (memory.grow $m (i32.const 1)) (memory.grow $m (i32.const 1))))
