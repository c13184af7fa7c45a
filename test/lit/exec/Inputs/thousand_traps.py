"""thousand_traps.py SPEC_HOST ARTIFACT: each of six traps 1000 times in one process."""

import subprocess
import sys

TRAPS = {
    "unreachable": "unreachable",
    "load": "out of bounds memory access",
    "store": "out of bounds memory access",
    "divide": "integer divide by zero",
    "indirect": "uninitialized element",
    "exhaust": "call stack exhausted",
}
ROUNDS = 1000

commands, wanted = [f"load 1 {sys.argv[2]}"], ["ok"]
for _ in range(ROUNDS):
    for name, text in TRAPS.items():
        commands.append(f"invoke 1 x{name.encode().hex()}")
        wanted.append(f"trap {text}")
commands.append(f"invoke 1 x{b'calls'.hex()}")
wanted.append(f"ok i32:{ROUNDS * len(TRAPS):x}")
run = subprocess.run([sys.argv[1]], input="\n".join(commands) + "\n", capture_output=True,
                     text=True, check=False, timeout=300)
answers = run.stdout.splitlines()
if run.returncode != 0 or answers != wanted:
    different = next((i for i, pair in enumerate(zip(answers, wanted)) if pair[0] != pair[1]), None)
    sys.exit(f"status {run.returncode}, {len(answers)} answers, first difference at {different}: "
             f"{answers[different] if different is not None else run.stderr[-500:]}")
