"""Changes a byte of the descriptor in an object file: OFFSET FILE RESULT."""

import pathlib
import sys

MAGIC = b"wasm2obj"

offset, source, result = sys.argv[1:]
data = bytearray(pathlib.Path(source).read_bytes())
at = data.index(MAGIC)
data[at + int(offset)] ^= 1
pathlib.Path(result).write_bytes(data)
