"""Writes WebAssembly modules in the binary format, as far as the shapes of growth need it.

An instruction is a bytes object, and code their concatenation, which is fast enough for megabytes.
"""

import re
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "compiler" / "wasm" / "opcodes.def"
ROW = re.compile(r'OP\(\w+, +0x(\w+), +0x(\w+), +"([^"]+)"')

I32, I64, F32, F64, V128, FUNCREF, EXTERNREF, EXNREF = (
    0x7F,
    0x7E,
    0x7D,
    0x7C,
    0x7B,
    0x70,
    0x6F,
    0x69,
)
EMPTY = bytes([0x40])  # the type of a block without values
FUNCTION, TABLE_KIND, MEMORY, GLOBAL = range(4)  # kinds of imports and exports


def unsigned(value):
    """Returns `value` as unsigned LEB128."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value):
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)


def vector(items):
    return unsigned(len(items)) + b"".join(items)


def name(text):
    return vector([bytes([byte]) for byte in text.encode()])


def _codes():
    codes = {}
    for prefix, code, text in ROW.findall(TABLE.read_text(encoding="utf-8")):
        prefix, code = int(prefix, 16), int(code, 16)
        codes.setdefault(text, bytes([prefix]) + unsigned(code) if prefix else bytes([code]))
    return codes


CODES = _codes()


def op(text, *immediates):
    """Returns the instruction with this keyword. Immediates are bytes, or numbers that are encoded
    as unsigned LEB128."""
    parts = [part if isinstance(part, bytes) else unsigned(part) for part in immediates]
    return CODES[text] + b"".join(parts)


def bytes_of(*numbers):
    return bytes(numbers)


def i32(value):
    return op("i32.const", signed(value))


def i64(value):
    return op("i64.const", signed(value))


def get(local):
    return op("local.get", local)


def put(local):
    return op("local.set", local)


def tee(local):
    return op("local.tee", local)


def block(body, kind=EMPTY):
    return op("block", kind) + body + op("end")


def loop(body, kind=EMPTY):
    return op("loop", kind) + body + op("end")


def if_(condition, then, otherwise=b"", kind=EMPTY):
    arm = op("else") + otherwise if otherwise else b""
    return condition + op("if", kind) + then + arm + op("end")


def nest(count, innermost, inside):
    """Nests `count` constructs around `innermost`. `inside(i)` returns the code before and behind
    the i-th of them, counted from the innermost. Takes linear time."""
    before, after = [], []
    for i in range(count):
        first, last = inside(i)
        before.append(first)
        after.append(last)
    return b"".join(reversed(before)) + innermost + b"".join(after)


def type_bytes(kind):
    return kind if isinstance(kind, bytes) else bytes([kind])


def nullable(type_index):
    """Returns the reference type (ref null `type_index`)."""
    return bytes_of(0x63) + signed(type_index)


class Module:
    """Collects a module's sections; `encode` gives its bytes."""

    def __init__(self, pages=1):
        self.memories = [b"\x00" + unsigned(pages)] if pages else []
        self.counts_data = False  # whether there is a data count section, as memory.init needs
        self.types, self.imports, self.functions, self.tables = [], [], [], []
        self.tags, self.globals, self.exports, self.elements = [], [], [], []
        self.code, self.data = [], []
        self.type_indices = {}

    def type(self, params, results):
        """Returns the index of a function type, and adds the type if it is new."""
        key = bytes(params), bytes(results)
        if key not in self.type_indices:
            self.type_indices[key] = len(self.types)
            self.types.append(
                b"\x60" + unsigned(len(params)) + key[0] + unsigned(len(results)) + key[1]
            )
        return self.type_indices[key]

    def struct(self, fields, supertype=None):
        """Adds a struct type that may have subtypes, with mutable fields of these types."""
        above = vector([] if supertype is None else [unsigned(supertype)])
        items = vector([type_bytes(field) + b"\x01" for field in fields])
        self.types.append(b"\x50" + above + b"\x5f" + items)
        return len(self.types) - 1

    def array(self, element):
        self.types.append(b"\x5e" + type_bytes(element) + b"\x01")
        return len(self.types) - 1

    def tag(self, params):
        self.tags.append(b"\x00" + unsigned(self.type(params, ())))
        return len(self.tags) - 1

    def import_function(self, item, params, results):
        self.imports.append(
            name("m") + name(item) + bytes([FUNCTION]) + unsigned(self.type(params, results))
        )
        return len(self.imports) - 1

    def function(self, params, results, body, local_types=(), export=None):
        """Adds a function. `local_types` are pairs of count and type: a byte or several."""
        index = len(self.imports) + len(self.functions)
        self.functions.append(unsigned(self.type(params, results)))
        runs = vector([unsigned(count) + type_bytes(kind) for count, kind in local_types])
        code = runs + body + op("end")
        self.code.append(unsigned(len(code)) + code)
        if export is not None:
            self.export(export, FUNCTION, index)
        return index

    def table(self, size, kind=FUNCREF):
        self.tables.append(bytes([kind, 0]) + unsigned(size))
        return len(self.tables) - 1

    def add_global(self, kind, init, is_mutable=True):
        self.globals.append(bytes([kind, is_mutable]) + init + op("end"))
        return len(self.globals) - 1

    def export(self, item, kind, index):
        self.exports.append(name(item) + bytes([kind]) + unsigned(index))

    def element(self, offset, functions):
        self.elements.append(
            b"\x00" + i32(offset) + op("end") + vector([unsigned(f) for f in functions])
        )

    def segment(self, offset, content):
        self.data.append(b"\x00" + i32(offset) + op("end") + unsigned(len(content)) + content)

    def encode(self):
        sections = (
            (1, self.types),
            (2, self.imports),
            (3, self.functions),
            (4, self.tables),
            (5, self.memories),
            (13, self.tags),
            (6, self.globals),
            (7, self.exports),
            (9, self.elements),
            (12, self.data if self.counts_data else []),
            (10, self.code),
            (11, self.data),
        )
        out = b"\x00asm\x01\x00\x00\x00"
        for number, items in sections:
            if items:
                content = unsigned(len(items)) if number == 12 else vector(items)
                out += bytes([number]) + unsigned(len(content)) + content
        return out
