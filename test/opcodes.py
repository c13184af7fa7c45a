"""Reads the instructions of compiler/wasm/opcodes.def, for scripts that test each of them."""

import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "compiler" / "wasm" / "opcodes.def"
ROW = re.compile(
    r'OP\(\w+, +0x\w+, +0x\w+, +"([^"]+)", +(\w+)(?:\((\d)\))?, +"(\w*):(\w*)", +'
    r"(\w+), +(\w+)\)"
)
VECTOR_FEATURES = ("simd", "relaxedSimd")
NUMERIC_FEATURES = ("mvp", "signExtension", "saturatingConversion")
TRAPPING_FAMILIES = ("divS", "divU", "remS", "remU", "truncS", "truncU")
LANE = "1"
SHUFFLE = "3 18 7 29 0 16 11 12 25 4 31 9 14 22 1 26"
TYPES = {"i": "i32", "l": "i64", "f": "f32", "d": "f64", "v": "v128", "a": "i32"}


@dataclass(frozen=True)
class Opcode:
    """A row of the table; `operands` and `results` are the letters of its signature."""

    text: str
    immediate: str
    log2_bytes: int  # of the access or lane that the immediate concerns
    operands: str
    results: str
    feature: str
    family: str
    section: str  # the table's, that the row stands in

    @property
    def operand_types(self):
        return [TYPES[letter] for letter in self.operands]

    @property
    def result_type(self):
        """Returns the type of the result, or None if there is none."""
        return TYPES[self.results] if self.results else None

    def expression(self, operands, shuffle=SHUFFLE):
        """Returns the instruction with these operands, in the text format."""
        immediate = {
            "lane": LANE,
            "memLane": LANE,
            "v128Const": "i32x4 1 2 3 4",
            "shuffleLanes": shuffle,
        }.get(self.immediate, "")
        return f"({' '.join([self.text, immediate, *operands])})"


def all_opcodes():
    """Returns the rows of the table, in order."""
    rows, section = [], ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("// "):
            section = line.removeprefix("// ")
        elif match := ROW.match(line):
            text, immediate, size, operands, results, feature, family = match.groups()
            rows.append(
                Opcode(text, immediate, int(size or 0), operands, results, feature, family, section)
            )
    return rows


def vector_opcodes():
    return [row for row in all_opcodes() if row.feature in VECTOR_FEATURES]


def scalar_opcodes():
    """Returns the instructions that compute with numbers, load or store them, and never trap."""
    return [
        row
        for row in all_opcodes()
        if row.feature in NUMERIC_FEATURES
        and row.immediate in ("none", "memArg")
        and row.operands
        and set(row.operands + row.results) <= set("ilfda")
        and row.family not in TRAPPING_FAMILIES
    ]
