;; Calls through tables that only their segments write to, and through similar tables.
;;
;; RUN: %wast -O2 %s
;; RUN: %wast -O0 %s

(module
  (type $unary (func (param i32) (result i32)))
  (type $same (func (param i32) (result i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (type $wide (func (result i64)))
  (table 8 8 funcref)
  (elem (i32.const 1) $inc $dec $add)
  (elem (i32.const 2) $neg)  ;; in the place of $dec
  (global $calls (mut i32) (i32.const 0))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  (func $inc (type $unary) (call $count) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $unary) (call $count) (i32.sub (local.get 0) (i32.const 1)))
  (func $neg (type $same) (call $count) (i32.sub (i32.const 0) (local.get 0)))
  (func $add (type $binary) (call $count) (i32.add (local.get 0) (local.get 1)))
  (func (export "unary") (param i32 i32) (result i32)
    (call_indirect (type $same) (local.get 0) (local.get 1)))
  (func (export "binary") (param i32) (result i32)
    (call_indirect (type $binary) (i32.const 5) (i32.const 6) (local.get 0)))
  (func (export "wide") (param i32) (result i64)
    (call_indirect (type $wide) (local.get 0)))
  (func (export "calls") (result i32) (global.get $calls)))

(assert_return (invoke "unary" (i32.const 7) (i32.const 1)) (i32.const 8))
(assert_return (invoke "unary" (i32.const 7) (i32.const 2)) (i32.const -7))
(assert_trap (invoke "unary" (i32.const 7) (i32.const 3)) "indirect call type mismatch")
(assert_trap (invoke "unary" (i32.const 7) (i32.const 0)) "uninitialized element")
(assert_trap (invoke "unary" (i32.const 7) (i32.const 7)) "uninitialized element")
(assert_trap (invoke "unary" (i32.const 7) (i32.const 8)) "undefined element")
(assert_trap (invoke "unary" (i32.const 7) (i32.const -1)) "undefined element")
(assert_return (invoke "binary" (i32.const 3)) (i32.const 11))
(assert_trap (invoke "binary" (i32.const 1)) "indirect call type mismatch")
(assert_trap (invoke "binary" (i32.const 4)) "uninitialized element")
(assert_trap (invoke "binary" (i32.const 8)) "undefined element")
(assert_trap (invoke "wide" (i32.const 1)) "indirect call type mismatch")
(assert_trap (invoke "wide" (i32.const 5)) "uninitialized element")
(assert_return (invoke "calls") (i32.const 3))

;; 64-bit indices.
(module
  (table i64 4 4 funcref)
  (type $unary (func (param i32) (result i32)))
  (elem (table 0) (offset (i64.const 2)) func $inc $dec)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $unary) (i32.sub (local.get 0) (i32.const 1)))
  (func (export "unary") (param i32 i64) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1))))

(assert_return (invoke "unary" (i32.const 7) (i64.const 3)) (i32.const 6))
(assert_trap (invoke "unary" (i32.const 7) (i64.const 0x100000003)) "undefined element")
(assert_trap (invoke "unary" (i32.const 7) (i64.const 1)) "uninitialized element")

;; Functions that make tail calls, and such of another instance.
(module
  (type $unary (func (param i32) (result i32)))
  (table 4 4 funcref)
  (elem (i32.const 0) $inc $twice)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $twice (type $unary) (return_call $inc (i32.add (local.get 0) (i32.const 1))))
  (func (export "unary") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1))))

(assert_return (invoke "unary" (i32.const 7) (i32.const 0)) (i32.const 8))
(assert_return (invoke "unary" (i32.const 7) (i32.const 1)) (i32.const 9))

(module $other
  (global $own i32 (i32.const 40))
  (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (global.get $own))))
(register "other" $other)
(module
  (type $unary (func (param i32) (result i32)))
  (import "other" "f" (func $f (type $unary)))
  (global $own i32 (i32.const 1))
  (table 2 2 funcref)
  (elem (i32.const 0) $f $g)
  (func $g (type $unary) (i32.add (local.get 0) (global.get $own)))
  (func (export "unary") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1))))

(assert_return (invoke "unary" (i32.const 2) (i32.const 0)) (i32.const 42))
(assert_return (invoke "unary" (i32.const 2) (i32.const 1)) (i32.const 3))

;; Not fixed: the module writes to it, or exports it, or a segment's place is not known.
(module
  (type $unary (func (param i32) (result i32)))
  (table 2 2 funcref)
  (elem (i32.const 0) $inc)
  (elem declare func $dec)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $unary) (i32.sub (local.get 0) (i32.const 1)))
  (func (export "set") (table.set (i32.const 1) (ref.func $dec)))
  (func (export "unary") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1))))

(assert_trap (invoke "unary" (i32.const 7) (i32.const 1)) "uninitialized element")
(assert_return (invoke "set"))
(assert_return (invoke "unary" (i32.const 7) (i32.const 1)) (i32.const 6))

(module $exports
  (type $unary (func (param i32) (result i32)))
  (table (export "t") 2 2 funcref)
  (elem (i32.const 0) $inc)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func (export "unary") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1))))
(register "exports" $exports)
(module
  (import "exports" "t" (table 2 2 funcref))
  (elem (i32.const 1) $dec)
  (func $dec (param i32) (result i32) (i32.sub (local.get 0) (i32.const 1))))

(assert_return (invoke $exports "unary" (i32.const 7) (i32.const 1)) (i32.const 6))

(module $place (global (export "place") i32 (i32.const 1)))
(register "place" $place)
(module
  (type $unary (func (param i32) (result i32)))
  (import "place" "place" (global $place i32))
  (table 2 2 funcref)
  (elem (global.get $place) $inc)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func (export "unary") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1))))

(assert_return (invoke "unary" (i32.const 7) (i32.const 1)) (i32.const 8))
(assert_trap (invoke "unary" (i32.const 7) (i32.const 0)) "uninitialized element")

;; Segments that stop halfway leave the first module with a function whose instance's own table was
;; never filled.
(module $host
  (table (export "t") 2 2 funcref)
  (type $nullary (func (result i32)))
  (func (export "call") (result i32) (call_indirect (type $nullary) (i32.const 0))))
(register "host" $host)
(assert_trap
  (module
    (type $nullary (func (result i32)))
    (import "host" "t" (table 2 2 funcref))
    (table $own 1 1 funcref)
    (func $seven (type $nullary) (i32.const 7))
    (func $through (type $nullary) (call_indirect $own (type $nullary) (i32.const 0)))
    (elem (table 0) (i32.const 0) func $through)
    (elem (table 0) (i32.const 2) func $through)
    (elem (table $own) (i32.const 0) func $seven))
  "out of bounds table access")
(assert_trap (invoke $host "call") "uninitialized element")
