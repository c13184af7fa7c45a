"""chained_joins.py COUNT: prints a module of three functions. The second has COUNT branches to one
block, each with another value of a local; the other two are ordinary."""

import sys

count = int(sys.argv[1])
print(
    '(module (func (export "plain") (param i32) (result i32)'
    " (i32.add (local.get 0) (local.get 0)))"
)
print('(func (export "strange") (param i32) (result i32) (local i32) block')
for i in range(count):
    print(f"local.get 0 i32.const {i + 100} i32.eq br_if 0")
    print(f"local.get 1 i32.const {i} i32.add local.set 1")
print("end local.get 1)")
print('(func (export "twice") (param i32) (result i32) (call 0 (local.get 0))))')
