#!/usr/bin/env python3
"""assembly.py [FILE]: one line for each function of a listing: its name, and its instructions.

    swizzle: paddusb pshufb

Instructions are told by their mnemonics, so that it does not matter which registers were chosen. Left
out are the return, loads from the context (whose register is r13, or x20), and copies from a register
to another.
"""

import re
import sys
from dataclasses import dataclass

BEGIN = re.compile(r'(?:"?wasm\.)?([^"\s.][^"\s]*)"?:')
END = re.compile(r"\.Lfunc_end\d+:")
INSTRUCTION = re.compile(r"\t([a-z][\w.]*)(?:\s+(.*?))?\s*(?:(?:#|//).*)?")
RETURNS = ("ret", "retq")
CONTEXT = re.compile(r"[(\[](?:%r13|x20)\b")
# An instruction that only copies, and its operands, all of them registers.
COPY = re.compile(r"v?mov(?:q|l|dq[au]|ap[sd]|up[sd])? (?:%\w+, ?%\w+)|f?mov ([vwxdsq]\d+(?:\.16b|\.8b)?, ?)"
                  r"[vwxdsq]\d+(?:\.16b|\.8b)?")


@dataclass(frozen=True)
class Instruction:
    mnemonic: str
    operands: str

    @property
    def is_copy(self):
        return COPY.fullmatch(f"{self.mnemonic} {self.operands}") is not None


def bodies(listing):
    """Name -> instructions of each function, without returns and loads from the context."""
    found, body = {}, None
    for line in listing.splitlines():
        if begin := BEGIN.match(line):
            body = found.setdefault(begin[1], [])
        elif END.match(line):
            body = None
        elif body is not None and (match := INSTRUCTION.fullmatch(line)):
            mnemonic, operands = match[1], match[2] or ""
            if mnemonic not in RETURNS and not CONTEXT.search(operands):
                body.append(Instruction(mnemonic, operands))
    return found


def main():
    source = open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin
    for name, body in bodies(source.read()).items():
        print(f"{name}:", *(step.mnemonic for step in body if not step.is_copy))


if __name__ == "__main__":
    main()
