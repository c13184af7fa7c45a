"""truncate.py MODULE WASM2OBJ: checks that each proper prefix of a module is refused with status 1
and a message with an offset.

A prefix that ends with a whole section may be a smaller module; then it must be accepted."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

module, compiler = Path(sys.argv[1]).read_bytes(), sys.argv[2]
refused = 0
with tempfile.TemporaryDirectory() as folder:
    part = Path(folder) / "part.wasm"
    output = Path(folder) / "part.o"
    for size in range(len(module)):
        part.write_bytes(module[:size])
        run = subprocess.run(
            [compiler, "-O0", part, "-o", output], capture_output=True, check=False
        )
        message = run.stderr.decode()
        if run.returncode == 0 and output.exists():
            output.unlink()
        elif run.returncode == 1 and re.search(r"part\.wasm:0x[0-9a-f]+: ", message):
            refused += 1
        else:
            sys.exit(f"first {size} bytes: status {run.returncode}, {message}")
if refused < len(module) - 8:
    sys.exit(f"only {refused} of {len(module)} prefixes were refused")
