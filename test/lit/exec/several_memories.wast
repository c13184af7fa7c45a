;; Several memories in one module: none of them is another, and segments are applied in order over
;; all of them, up to the first that does not fit.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O2 --bounds=explicit %s

(module $library
  (memory (export "memory") 1)
  (global (export "offset") i32 (i32.const 4))
  (data (i32.const 0) "library"))
(register "library" $library)
(module
  (import "library" "memory" (memory $imported 1))
  (import "library" "offset" (global $offset i32))
  (memory $own 1)
  (memory $other 2)
  (data (memory $own) (i32.const 0) "own")
  (data (memory $other) (global.get $offset) "at offset")
  (data (memory $own) (i32.sub (i32.mul (global.get $offset) (i32.const 2)) (i32.const 1)) "7")
  (data (memory $other) (i32.const 0) "last")
  (func (export "bytes") (param i32) (result i32 i32 i32)
    (i32.load8_u $imported (local.get 0))
    (i32.load8_u $own (local.get 0))
    (i32.load8_u $other (local.get 0)))
  (func (export "set") (param i32)
    (i32.store8 $own (local.get 0) (i32.const 1))
    (i32.store8 $other (local.get 0) (i32.const 2))
    (i32.store8 $imported (local.get 0) (i32.const 3)))
  (func (export "sizes") (result i32 i32 i32)
    (memory.size $imported) (memory.size $own) (memory.size $other))
  (func (export "grow own") (result i32) (memory.grow $own (i32.const 3)))
  (func (export "copy") (param i32 i32 i32)
    (memory.copy $own $other (local.get 0) (local.get 1) (local.get 2))))
(assert_return (invoke "bytes" (i32.const 0)) (i32.const 0x6c) (i32.const 0x6f) (i32.const 0x6c))
(assert_return (invoke "bytes" (i32.const 7)) (i32.const 0) (i32.const 0x37) (i32.const 0x6f))
(invoke "set" (i32.const 100))
(assert_return (invoke "bytes" (i32.const 100)) (i32.const 3) (i32.const 1) (i32.const 2))
(assert_return (invoke "grow own") (i32.const 1))
(assert_return (invoke "sizes") (i32.const 1) (i32.const 4) (i32.const 2))
(invoke "copy" (i32.const 0x3ffff) (i32.const 100) (i32.const 1))
(assert_trap (invoke "copy" (i32.const 0x3ffff) (i32.const 100) (i32.const 2)) "out of bounds memory access")
(assert_trap (invoke "copy" (i32.const 0) (i32.const 0x1ffff) (i32.const 2)) "out of bounds memory access")

;; Segments after the one that does not fit are not applied, in any memory; the function is
;; still reachable through the other instance's table.
(module $witness
  (type $byte (func (param i32) (result i32)))
  (table (export "table") 2 funcref)
  (func (export "byte") (param i32 i32) (result i32)
    (call_indirect (type $byte) (local.get 1) (local.get 0))))
(register "witness" $witness)
(assert_trap
  (module
    (import "witness" "table" (table 2 funcref))
    (memory $first 1)
    (memory $second 1)
    (elem (i32.const 0) $first_byte $second_byte)
    (data (memory $second) (i32.const 0) "before")
    (data (memory $first) (i32.const 0xffff) "does not fit")
    (data (memory $second) (i32.const 0) "after")
    (func $first_byte (param i32) (result i32) (i32.load8_u $first (local.get 0)))
    (func $second_byte (param i32) (result i32) (i32.load8_u $second (local.get 0))))
  "out of bounds memory access")
(assert_return (invoke $witness "byte" (i32.const 0) (i32.const 0xffff)) (i32.const 0))
(assert_return (invoke $witness "byte" (i32.const 1) (i32.const 0)) (i32.const 0x62))
(assert_trap
  (module
    (import "witness" "table" (table 2 funcref))
    (memory 1)
    (elem (i32.const 0) $byte)
    (elem (i32.const 2) $byte)
    (data (i32.const 0) "never applied")
    (func $byte (param i32) (result i32) (i32.load8_u (local.get 0))))
  "out of bounds table access")
(assert_return (invoke $witness "byte" (i32.const 0) (i32.const 0)) (i32.const 0))
