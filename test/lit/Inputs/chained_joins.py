"""chained_joins.py COUNT: a module with a function of COUNT branches to one block, each with another
value of a local, between two that are like others."""

import sys

count = int(sys.argv[1])
print('(module (func (export "plain") (param i32) (result i32)'
      " (i32.add (local.get 0) (local.get 0)))")
print('(func (export "strange") (param i32) (result i32) (local i32) block')
for i in range(count):
    print(f"local.get 0 i32.const {i + 100} i32.eq br_if 0 local.get 1 i32.const {i} i32.add local.set 1")
print("end local.get 1)")
print('(func (export "twice") (param i32) (result i32) (call 0 (local.get 0))))')
