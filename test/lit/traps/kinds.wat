;; Every trap of this version: the specification's wording, status 134, at each level.
;;
;; RUN: %wasm2obj -O0 %s -o %t.0.so && %python %S/Inputs/each_trap.py %wasmrun %t.0.so
;; RUN: %wasm2obj -O2 %s -o %t.2.so && %python %S/Inputs/each_trap.py %wasmrun %t.2.so
;; RUN: %wasm2obj -O2 --bounds=explicit %s -o %t.e.so && %python %S/Inputs/each_trap.py %wasmrun %t.e.so

(module
  (type $i_i (func (param i32) (result i32)))
  (memory 1 1)
  (table $t 4 4 funcref)
  (table $x 2 2 externref)
  (elem (table $t) (i32.const 0) func $id $void)
  (elem $passive func $id)
  (data $bytes "abc")
  (func $id (param i32) (result i32) (local.get 0))
  (func $void)

  (func (export "unreachable") unreachable)

  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "load_far") (param i32) (drop (i64.load offset=4294967295 (local.get 0))))
  (func (export "load_edge") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "store") (param i32) (i32.store (local.get 0) (i32.const 1)))
  (func (export "memory_fill") (param i32 i32)
    (memory.fill (local.get 0) (i32.const 1) (local.get 1)))
  (func (export "memory_copy") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory_init") (param i32 i32 i32)
    (memory.init $bytes (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory_init_dropped")
    (data.drop $bytes) (memory.init $bytes (i32.const 0) (i32.const 0) (i32.const 1)))

  (func (export "table_get") (param i32) (drop (table.get $x (local.get 0))))
  (func (export "table_set") (param i32) (table.set $t (local.get 0) (ref.null func)))
  (func (export "table_fill") (param i32 i32)
    (table.fill $x (local.get 0) (ref.null extern) (local.get 1)))
  (func (export "table_copy") (param i32 i32 i32)
    (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "table_init") (param i32 i32 i32)
    (table.init $t $passive (local.get 0) (local.get 1) (local.get 2)))

  (func (export "call_indirect") (param i32) (result i32)
    (call_indirect $t (type $i_i) (i32.const 7) (local.get 0)))

  (func (export "div_s") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "rem_u") (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func (export "div_s64") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))

  (func (export "trunc_nan") (result i32) (i32.trunc_f32_s (f32.const nan)))
  (func (export "trunc") (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (export "trunc_u") (param f64) (result i64) (i64.trunc_f64_u (local.get 0)))

  (func $forever (export "forever") (param i32) (result i32)
    (i32.add (i32.const 1) (call $forever (i32.add (local.get 0) (i32.const 1)))))
  (func $even (export "even") (param i64) (result i32)
    (i32.eqz (call $odd (i64.sub (local.get 0) (i64.const 1)))))
  (func $odd (param i64) (result i32)
    (i32.eqz (call $even (i64.sub (local.get 0) (i64.const 1))))))
