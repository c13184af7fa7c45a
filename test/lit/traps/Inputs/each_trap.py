"""each_trap.py WASMRUN ARTIFACT: calls the exports of kinds.wat and compares results and traps."""

import subprocess
import sys

MEMORY = "out of bounds memory access"
TABLE = "out of bounds table access"
EXHAUSTED = "call stack exhausted"

# Export, arguments, and the trap or the result.
CALLS = [
    ("unreachable", "", "unreachable"),
    ("load", "65535", 0),
    ("load", "65536", MEMORY),
    ("load", "-1", MEMORY),
    ("load_far", "0", MEMORY),
    ("load_far", "-1", MEMORY),
    ("load_edge", "65528", 0),
    ("load_edge", "65529", MEMORY),
    ("store", "65533", MEMORY),
    ("memory_fill", "65530 7", MEMORY),
    ("memory_fill", "0 -1", MEMORY),
    ("memory_fill", "65537 0", MEMORY),
    ("memory_copy", "0 65530 7", MEMORY),
    ("memory_copy", "65530 0 7", MEMORY),
    ("memory_init", "65534 0 3", MEMORY),
    ("memory_init", "0 1 3", MEMORY),
    ("memory_init_dropped", "", MEMORY),
    ("table_get", "2", TABLE),
    ("table_set", "4", TABLE),
    ("table_fill", "1 2", TABLE),
    ("table_copy", "1 2 3", TABLE),
    ("table_init", "3 0 2", TABLE),
    ("table_init", "0 0 2", TABLE),
    ("call_indirect", "0", 7),
    ("call_indirect", "1", "indirect call type mismatch"),
    ("call_indirect", "2", "uninitialized element"),
    ("call_indirect", "4", "undefined element"),
    ("call_indirect", "-1", "undefined element"),
    ("div_s", "7 -2", -3),
    ("div_s", "7 0", "integer divide by zero"),
    ("div_s", "-2147483648 -1", "integer overflow"),
    ("rem_u", "7 0", "integer divide by zero"),
    ("div_s64", "-9223372036854775808 -1", "integer overflow"),
    ("trunc_nan", "", "invalid conversion to integer"),
    ("trunc", "-2147483648.9", -2147483648),
    ("trunc", "2147483648", "integer overflow"),
    ("trunc", "-2147483649", "integer overflow"),
    ("trunc_u", "-0.9", 0),
    ("trunc_u", "-1", "integer overflow"),
    ("forever", "0", EXHAUSTED),
    ("even", "-1", EXHAUSTED),
]

wasmrun, artifact = sys.argv[1:]
failures = 0
for name, arguments, wanted in CALLS:
    run = subprocess.run(
        [wasmrun, "--invoke", name, artifact, *arguments.split()],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if isinstance(wanted, int):
        right = run.returncode == 0 and run.stdout.strip() == str(wanted)
    else:
        right = run.returncode == 134 and wanted in run.stderr and not run.stdout
    if not right:
        failures += 1
        print(
            f"{name} {arguments}: expected {wanted}; status {run.returncode}\n"
            f"{run.stdout[:300]}{run.stderr[:600]}"
        )
sys.exit(1 if failures else 0)
