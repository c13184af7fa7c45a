#!/usr/bin/env python3
"""generate.py [--check]: writes the parts of the documents that are made from tables of the source.

Such a part lies between `<!-- generated NAME -->` and `<!-- end -->`. With --check nothing is
written, and the exit code is 1 if a part is not what would be written.
"""

import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PART = re.compile(r"(<!-- generated (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def rows_of(table: str) -> list[tuple[str, list[str]]]:
    """(macro, arguments) of each row of a .def file."""
    text = re.sub(r"//[^\n]*", "", (ROOT / table).read_text())
    rows = []
    for match in re.finditer(r"^(\w+)\(", text, re.MULTILINE):
        arguments, depth, word = [], 1, ""
        for letter in text[match.end() :]:
            depth += {"(": 1, ")": -1}.get(letter, 0)
            if depth == 0:
                break
            if letter == "," and depth == 1:
                arguments.append(word.strip())
                word = ""
            else:
                word += letter
        rows.append((match[1], [*arguments, re.sub(r"\s+", " ", word).strip()]))
    return rows


def passes() -> str:
    """The passes of our own in the order of the pipeline."""
    rows = rows_of("compiler/codegen/passes/passes.def")
    again = {}
    for macro, arguments in rows:
        if macro == "STEP":
            again.setdefault(arguments[2].partition("(")[0], []).append(arguments[0])
    lines = ["| pass | class | stage | kind | when |", "|---|---|---|---|---|"]
    for macro, arguments in rows:
        if macro != "PASS":
            continue
        stage, name, text, kind, when, _ = arguments
        stages = ", ".join(dict.fromkeys([stage, *again.get(name, [])]))
        condition = "" if when == "always()" else f"`{when}`"
        lines.append(
            f"| `{text.strip(chr(34))}` | `{name}` | {stages} | {kind.lower()} | {condition} |"
        )
    return "\n".join(lines) + "\n"


GENERATORS = {"passes": passes}


def main() -> int:
    is_check = "--check" in sys.argv[1:]
    stale = []
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text()
        new = PART.sub(lambda part: part[1] + "\n" + GENERATORS[part[2]]() + "\n" + part[4], text)
        if new == text:
            continue
        stale.append(page.name)
        if not is_check:
            page.write_text(new)
    if stale and is_check:
        print(f"docs: not what the tables say: {', '.join(stale)}; run ./dev docs")
    return 1 if stale and is_check else 0


if __name__ == "__main__":
    sys.exit(main())
