"""Prints a module of functions that call themselves until the global $left is 0, each in another
way, and then loop forever. The word at address 0 holds the depth that they have reached."""

VECTORS = range(400)
large = "\n".join(
    [
        *(f"    (local.set {i} (v128.load offset={16 * i + 64} (i32.const 0)))" for i in VECTORS),
        "    (if (call $step) (then (return (call $spin))))",
        "    (drop (call $large))",
        *(f"    (v128.store offset={16 * i + 64} (i32.const 0) (local.get {i}))" for i in VECTORS),
    ]
)

print(
    f"""(module
  (type $function (func (result i32)))
  (memory (export "memory") 1)
  (table 4 funcref)
  (elem (i32.const 0) $indirect $leafless)
  (global $left (mut i32) (i32.const 0))

  (func (export "allow") (param i32)
    (global.set $left (local.get 0))
    (i32.store (i32.const 0) (i32.const 0)))

  ;; One step deeper: whether that was the last.
  (func $step (result i32)
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (i32.eqz (global.get $left)))

  (func $spin (result i32) (local $i i32) (local $s i32)
    (loop $again
      (local.set $s (i32.xor (i32.mul (local.get $s) (i32.const 1664525)) (local.get $i)))
      (br_if $again (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                            (i32.const 4000000))))
    (local.get $s))

  (func $direct (export "direct") (result i32)
    (if (call $step) (then (return (call $spin))))
    (i32.add (call $direct) (i32.const 1)))

  (func $leafless (type $function) (i32.const 0))
  (func $indirect (export "indirect") (type $function)
    (if (call $step) (then (return (call $spin))))
    (i32.add (call_indirect (type $function) (i32.and (global.get $left) (i32.const 0)))
             (i32.const 1)))

  ;; Every second call gives up its frame, for one with many arguments.
  (func $many
    (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (result i32)
    (if (call $step) (then (return (call $spin))))
    (i32.add (call $tail) (i32.wrap_i64 (local.get 19))))
  (func $tail (export "tail") (result i32)
    (return_call $many
      (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
      (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10) (i64.const 11)
      (i64.const 12) (i64.const 13) (i64.const 14) (i64.const 15) (i64.const 16) (i64.const 17)
      (i64.const 18) (i64.const 19)))

  (func $grow (export "grow") (result i32)
    (drop (memory.grow (i32.const 0)))
    (if (call $step) (then (return (call $spin))))
    (i32.add (call $grow) (memory.grow (i32.const 0))))

  (func $copy (export "copy") (param $bytes i32) (result i32)
    (memory.copy (i32.const 1024) (i32.const 2048) (local.get $bytes))
    (if (call $step) (then (return (call $spin))))
    (i32.add (call $copy (local.get $bytes)) (i32.const 1)))
  (func (export "copies") (result i32) (call $copy (i32.const 7)))

  ;; A frame of more than 6 KiB: vectors that are alive across the call.
  (func $large (export "large") (result i32)
    (local {"v128 " * len(VECTORS)})
{large}
    (i32.const 1))
)"""
)
