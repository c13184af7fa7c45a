"""Prints a module whose functions call each other, large enough to be compiled in several parts."""

COUNT = 600
PADDING = 60

print("(module")
for i in range(COUNT):
    print(f"  (func $f{i} (param $x i32) (result i32) (local $y i32)")
    print(f"    (local.set $y (i32.mul (local.get $x) (i32.const {i})))")
    for j in range(PADDING):
        print(
            f"    (if (i32.eq (local.get $x) (i32.const {1000 + j}))"
            f" (then (local.set $y (i32.xor (local.get $y) (i32.const {i * 77 + j})))))"
        )
    print("    (local.get $y))")
print('  (func (export "sum") (param $x i32) (result i32) (local $sum i32)')
for i in range(COUNT):
    print(f"    (local.set $sum (i32.add (local.get $sum) (call $f{i} (local.get $x))))")
print("    (local.get $sum)))")
