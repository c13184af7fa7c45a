"""Reads the imported functions of a WebAssembly module from its binary."""

from dataclasses import dataclass

VALUE_TYPES = {
    0x7F: "i32",
    0x7E: "i64",
    0x7D: "f32",
    0x7C: "f64",
    0x7B: "v128",
    0x70: "funcref",
    0x6F: "externref",
}
TYPE_SECTION, IMPORT_SECTION = 1, 2
FUNCTION_TYPE = 0x60
HEADER_SIZE = 8


@dataclass(frozen=True)
class Import:
    module: str
    name: str
    parameters: tuple[str, ...]
    results: tuple[str, ...]


class Reader:
    def __init__(self, data: bytes):
        self._data, self.at = data, 0

    def byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def number(self) -> int:
        """LEB128."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def taken(self, size: int) -> bytes:
        self.at += size
        return self._data[self.at - size : self.at]

    def name(self) -> str:
        return self.taken(self.number()).decode()

    def types(self) -> tuple[str, ...]:
        return tuple(VALUE_TYPES[self.byte()] for _ in range(self.number()))

    def limits(self) -> None:
        flags = self.byte()
        for _ in range(1 + (flags & 1)):
            self.number()

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self._data)


def sections(module: bytes) -> dict[int, bytes]:
    """By their numbers; of custom sections the last."""
    reader, found = Reader(module[HEADER_SIZE:]), {}
    while not reader.is_at_end:
        number = reader.byte()
        found[number] = reader.taken(reader.number())
    return found


def function_types(section: bytes) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    reader, found = Reader(section), []
    for _ in range(reader.number()):
        if reader.byte() != FUNCTION_TYPE:
            raise ValueError("a type that is no function's")
        parameters = reader.types()
        found.append((parameters, reader.types()))
    return found


def skip_other(reader: Reader, kind: int) -> None:
    """The description of an import that is no function: a table, a memory or a global."""
    if kind == 1:
        reader.byte()
    if kind in (1, 2):
        reader.limits()
    else:
        reader.taken(2)


def imported_functions(module: bytes) -> list[Import]:
    found = sections(module)
    types = function_types(found[TYPE_SECTION])
    reader, imports = Reader(found.get(IMPORT_SECTION, b"\0")), []
    for _ in range(reader.number()):
        names = reader.name(), reader.name()
        kind = reader.byte()
        if kind == 0:
            imports.append(Import(*names, *types[reader.number()]))
        else:
            skip_other(reader, kind)
    return imports
