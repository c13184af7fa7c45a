"""thousand_traps.py MODULE.wast: prints a script in which each of six traps occurs 1000 times."""

import sys
from pathlib import Path

TRAPS = {
    "unreachable": "unreachable",
    "load": "out of bounds memory access",
    "store": "out of bounds memory access",
    "divide": "integer divide by zero",
    "indirect": "uninitialized element",
    "exhaust": "call stack exhausted",
}
ROUNDS = 1000

print(Path(sys.argv[1]).read_text(encoding="utf-8"))
for _ in range(ROUNDS):
    for name, text in TRAPS.items():
        print(f'(assert_trap (invoke "{name}") "{text}")')
print(f'(assert_return (invoke "calls") (i32.const {ROUNDS * len(TRAPS)}))')
