"""many_parameters.py COUNT: prints a module with a function of three times COUNT parameters. It
returns its last three parameters in reverse order."""

import sys

count = 3 * int(sys.argv[1])
print(
    f'(module (func (export "last") (param {"i64 f64 i32 " * (count // 3)})'
    " (result i32 f64 i64)"
    f" (local.get {count - 1}) (local.get {count - 2}) (local.get {count - 3})))"
)
