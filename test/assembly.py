#!/usr/bin/env python3
"""assembly.py [FILE]: prints a line for each function of an assembly listing that wasm2obj wrote:
the function's name and the mnemonics of its instructions.

    swizzle: paddusb pshufb

Operands are left out, so that register allocation does not change the output. Also left out are the
return, loads from the context (whose register is r13 on x86-64 and x20 on AArch64), and copies from
one register to another.
"""

import re
import sys
from dataclasses import dataclass

BEGIN = re.compile(r'"?([^"\s.][^"\s]*)"?:')
END = re.compile(r"\.Lfunc_end\d+:")
INSTRUCTION = re.compile(r"\t([a-z][\w.]*)(?:\s+(.*?))?\s*(?:(?:#|//).*)?")
RETURNS = ("ret", "retq")
CONTEXT = re.compile(r"[(\[](?:%r13|x20)\b")
# Instructions that only copy, within the general registers or within those of vectors.
COPY = re.compile(
    r"v?mov(?:dq[au]|ap[sd]|up[sd]) %xmm\d+, %xmm\d+"
    r"|mov[lq] %[er]\w+, %[er]\w+"
    r"|mov (?:v\d+\.16b, v\d+\.16b|v\d+\.8b, v\d+\.8b|w\d+, w\d+|x\d+, x\d+)"
    r"|fmov (?:s\d+, s\d+|d\d+, d\d+)"
)


@dataclass(frozen=True)
class Instruction:
    mnemonic: str
    operands: str

    @property
    def is_copy(self):
        return COPY.fullmatch(f"{self.mnemonic} {self.operands}") is not None


def bodies(listing, prefix="wasm."):
    """Returns a dictionary from function names to their instructions, without returns and loads
    from the context. The functions are those whose symbol is `prefix` and the name."""
    found, body = {}, None
    for line in listing.splitlines():
        if begin := BEGIN.match(line):
            is_wanted = begin[1].startswith(prefix)
            body = found.setdefault(begin[1].removeprefix(prefix), []) if is_wanted else None
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
