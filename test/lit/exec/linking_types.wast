;; What links by its exact type, and what does not: types are equal by the shape of their recursive
;; groups, functions and immutable globals match by subtyping, all else exactly.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 --bounds=explicit %s

(module $library
  (type $parent (sub (func (param i32) (result i32))))
  (type $child (sub $parent (func (param i32) (result i32))))
  (rec (type $left (func (result (ref null $right))))
       (type $right (func (param (ref null $left)))))
  (func (export "parent") (type $parent) (i32.add (local.get 0) (i32.const 1)))
  (func (export "child") (type $child) (i32.mul (local.get 0) (i32.const 2)))
  (func (export "left") (type $left) (ref.null $right))
  (global (export "constant") (ref null $child) (ref.null $child))
  (global (export "variable") (mut (ref null $child)) (ref.null $child))
  (table (export "table") 4 (ref null $child))
  (memory (export "memory64") i64 1 2)
  (tag (export "tag") (param i32)))
(register "library" $library)

;; The type indices differ from the library's. A function imported as its supertype keeps its type.
(module
  (type $other (func))
  (rec (type $left (func (result (ref null $right))))
       (type $right (func (param (ref null $left)))))
  (type $parent (sub (func (param i32) (result i32))))
  (type $child (sub $parent (func (param i32) (result i32))))
  (import "library" "left" (func (type $left)))
  (import "library" "child" (func $child_as_parent (type $parent)))
  (import "library" "parent" (func $parent (type $parent)))
  (import "library" "constant" (global $constant (ref null $parent)))
  (import "library" "variable" (global $variable (mut (ref null $child))))
  (import "library" "table" (table $shared 0 (ref null $child)))
  (import "library" "memory64" (memory i64 1 2))
  (import "library" "tag" (tag (param i32)))
  (table $functions funcref (elem $child_as_parent $parent))
  (func (export "as parent") (param i32 i32) (result i32)
    (call_indirect $functions (type $parent) (local.get 1) (local.get 0)))
  (func (export "as child") (param i32 i32) (result i32)
    (call_indirect $functions (type $child) (local.get 1) (local.get 0)))
  (func (export "as other") (param i32)
    (call_indirect $functions (type $other) (local.get 0)))
  (func (export "is null") (result i32) (ref.is_null (global.get $constant))))
(assert_return (invoke "as parent" (i32.const 0) (i32.const 20)) (i32.const 40))
(assert_return (invoke "as parent" (i32.const 1) (i32.const 20)) (i32.const 21))
(assert_return (invoke "as child" (i32.const 0) (i32.const 20)) (i32.const 40))
(assert_trap (invoke "as child" (i32.const 1) (i32.const 20)) "indirect call type mismatch")
(assert_trap (invoke "as other" (i32.const 0)) "indirect call type mismatch")
(assert_return (invoke "is null") (i32.const 1))

(assert_unlinkable
  (module
    (type $parent (sub (func (param i32) (result i32))))
    (type $child (sub $parent (func (param i32) (result i32))))
    (import "library" "parent" (func (type $child))))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "parent" (func (param i32) (result i32))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type $left (func (result (ref null func))))
    (import "library" "left" (func (type $left))))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "variable" (global (mut funcref))))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "constant" (global (ref func))))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "table" (table 0 funcref)))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "memory64" (memory 1 2)))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "tag" (tag (param i64))))
  "incompatible import type")

;; 64-bit limits beyond any machine.
(module
  (memory i64 0 0x1_0000_0000_0000)
  (table i64 0 0xffff_ffff_ffff_ffff funcref)
  (func (export "grow memory") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "grow table") (param i64) (result i64)
    (table.grow (ref.null func) (local.get 0))))
(assert_return (invoke "grow memory" (i64.const 1)) (i64.const 0))
(assert_return (invoke "grow memory" (i64.const 0xffff_ffff_ffff)) (i64.const -1))
(assert_return (invoke "grow memory" (i64.const -1)) (i64.const -1))
(assert_return (invoke "grow table" (i64.const 1)) (i64.const 0))
(assert_return (invoke "grow table" (i64.const -1)) (i64.const -1))
(assert_return (invoke "grow table" (i64.const 0x1_0000_0000)) (i64.const -1))

;; An offset near 2^64 does not wrap.
(assert_trap
  (module (memory i64 1) (data (i64.const -1) "xy"))
  "out of bounds memory access")
(assert_trap
  (module (table i64 1 funcref) (func $f) (elem (i64.const -1) $f $f))
  "out of bounds table access")
