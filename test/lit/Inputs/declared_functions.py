"""Prints the names of the functions that C headers declare as exported, sorted, one on a line."""

import os
import re
import subprocess
import sys

MARK = "EXPORTED_FUNCTION"


def declared(header):
    text = subprocess.run(
        ["cc", "-E", "-P", *folders, f"-DWASM_API_EXTERN={MARK}", header],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    text = text.replace('__attribute__((visibility("default")))', MARK)
    return re.findall(rf"{MARK} [^(;]*?(\w+)\(", text)


folders = sorted({f"-I{os.path.dirname(header)}" for header in sys.argv[1:]})
names = {name for header in sys.argv[1:] for name in declared(header)}
print("\n".join(sorted(names)))
