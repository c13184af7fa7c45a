"""check_symbols.py HEADER: checks that the symbols that nm prints are the functions of a header."""

import re
import sys
from pathlib import Path

declared = set(re.findall(r"\b(wasm2obj_\w+)\(", Path(sys.argv[1]).read_text("utf-8")))
found = {line.split()[-1] for line in sys.stdin if len(line.split()) == 3}
for name in sorted(found - declared):
    print(f"{name}: not in the header")
for name in sorted(declared - found):
    print(f"{name}: not in the library")
sys.exit(found != declared)
