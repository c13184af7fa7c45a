#!/usr/bin/env python3
"""hex2wasm.py IN.wasm.hex OUT.wasm

Makes a module of its annotated bytes: pairs of hex digits and "quoted text", separated by blanks;
from ';' to the end of the line is comment. Section and body sizes are part of the text, so the file
shows the binary format as it is.
"""

import os
import re
import sys

TOKEN = re.compile(r'\s+|;.*|"(?P<text>[^"]*)"|(?P<byte>[0-9a-fA-F]{2})(?![^\s;])')


def convert(source, name):
    out = bytearray()
    for number, line in enumerate(source.splitlines(), 1):
        at = 0
        while at < len(line):
            match = TOKEN.match(line, at)
            if not match:
                sys.exit(f"{name}:{number}: expected hex digits, quoted text or a comment: {line[at:]}")
            if match["text"] is not None:
                out += match["text"].encode()
            elif match["byte"]:
                out.append(int(match["byte"], 16))
            at = match.end()
    return bytes(out)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        module = convert(file.read(), source)
    partial = f"{target}.{os.getpid()}"
    with open(partial, "wb") as file:
        file.write(module)
    os.rename(partial, target)


main()
