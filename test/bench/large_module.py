#!/usr/bin/env python3
"""large_module.py COUNT: prints a module in the text format with COUNT exported functions."""

import random
import sys


def body_of(index):
    """Returns the body of a function: a computation of random constants and words of memory."""
    body = "(local.get 0)"
    for step in range(12):
        name = random.choice(["add", "mul", "xor", "sub"])
        operand = f"(i32.const {random.randrange(1 << 30)})"
        if step % 3 == 0:
            operand = f"(i32.load offset={4 * random.randrange(1000)} (local.get 0))"
        body = f"(i32.{name} {body} {operand})"
    return f"(call {random.randrange(index)} {body})" if index and index % 7 == 0 else body


def main():
    """Prints the module, which is the same each time."""
    random.seed(1)
    print('(module (memory (export "memory") 1)')
    for index in range(int(sys.argv[1])):
        print(f'(func (export "f{index}") (param i32) (result i32) {body_of(index)})')
    words = "".join(f"\\{random.randrange(256):02x}" for _ in range(60000))
    print(f'(data (i32.const 0) "{words}"))')


if __name__ == "__main__":
    main()
