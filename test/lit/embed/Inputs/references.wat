;; What test/embed/run_references.c runs.
(module
  (import "wasm:js-string" "concat"
    (func $concat (param externref externref) (result (ref extern))))
  (type $point (sub (struct
    (field i32) (field (mut i64)) (field f32) (field f64) (field v128)
    (field i8) (field (mut i16))
    (field (mut (ref null $point))) (field (mut externref)) (field funcref))))
  (type $empty (struct))
  (type $bytes (array (mut i8)))
  (type $points (array (mut (ref null $point))))
  (type $node (struct (field (ref null $node)) (field v128)))
  (type $binary (func (param i32 i32) (result i32)))
  (tag $failure (export "failure") (param i32 f64 v128 anyref funcref))
  (tag $hidden)
  (global $kept (mut externref) (ref.null extern))
  (elem declare func $add)

  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func (export "same_any") (param anyref) (result anyref) (local.get 0))
  (func (export "same_eq") (param eqref) (result eqref) (local.get 0))
  (func (export "same_extern") (param externref) (result externref) (local.get 0))
  (func (export "same_func") (param funcref) (result funcref) (local.get 0))
  (func (export "same_exn") (param exnref) (result exnref) (local.get 0))
  (func (export "same_point") (param (ref null $point)) (result (ref null $point)) (local.get 0))
  (func (export "point_of") (param (ref $point)) (result i32) (struct.get $point 0 (local.get 0)))
  (func (export "same_vector") (param v128) (result v128) (local.get 0))
  (func (export "add_of") (result funcref) (ref.func $add))
  (func (export "new_empty") (result (ref $empty)) (struct.new $empty))
  (func (export "new_point") (param i32 externref) (result (ref $point))
    (struct.new $point
      (local.get 0) (i64.const -5) (f32.const 1.5) (f64.const -2.5) (v128.const i32x4 1 2 3 4)
      (i32.const -1) (i32.const -2) (ref.null $point) (local.get 1) (ref.func $add)))
  (func (export "new_bytes") (param i32 i32) (result (ref $bytes))
    (array.new $bytes (local.get 0) (local.get 1)))
  (func (export "new_points") (param i32) (result (ref $points))
    (array.new_default $points (local.get 0)))
  (func (export "several") (result i32 anyref externref i64)
    (i32.const 1) (ref.i31 (i32.const -2)) (ref.null extern) (i64.const 3))

  (func (export "throw") (param i32 anyref)
    (throw $failure
      (local.get 0) (f64.const 0.25) (v128.const i64x2 7 8) (local.get 1) (ref.func $add)))
  (func (export "throw_hidden") (throw $hidden))
  (func (export "throw_again") (param exnref) (throw_ref (local.get 0)))

  (func (export "keep") (param externref) (global.set $kept (local.get 0)))
  (func (export "kept") (result externref) (global.get $kept))
  ;; Makes so many objects in chains of 100, which are garbage then, and returns the argument, which
  ;; only the stack has meanwhile.
  (func (export "litter") (param externref i32) (result externref) (local $last (ref null $node))
    (loop $more
      (local.set $last (struct.new $node (local.get $last) (v128.const i64x2 0 0)))
      (if (i32.eqz (i32.rem_u (local.get 1) (i32.const 100)))
        (then (local.set $last (ref.null $node))))
      (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
      (br_if $more (local.get 1)))
    (local.get 0))
  (func (export "concat") (param externref externref) (result externref)
    (call $concat (local.get 0) (local.get 1))))
