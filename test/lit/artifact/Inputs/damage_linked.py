"""damage_linked.py WASM2OBJ OBJECT: checks that `inspect` reads damaged copies of an object file
without a fault. A third of the words of the descriptor, the note, and the ELF and section headers
is changed, each by itself; truncations are tried as well. Each copy is refused with a reason, or
its facts are printed.
"""

import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

wasm2obj = sys.argv[1]
original = Path(sys.argv[2]).read_bytes()


def sections():
    """Yields name, offset and size of each section."""
    (table,) = struct.unpack_from("<Q", original, 40)
    count, names = struct.unpack_from("<HH", original, 60)
    headers = [struct.unpack_from("<IIQQQQIIQQ", original, table + 64 * i) for i in range(count)]
    for header in headers:
        begin = headers[names][4] + header[0]
        name = original[begin : original.index(b"\0", begin)].decode()
        yield name, header[4], header[5]
    yield "headers", table, 64 * count


def damages():
    ranges = [(0, 64)]
    ranges += [
        (offset, offset + size)
        for name, offset, size in sections()
        if name in (".wasm2obj.descriptor", ".note.wasm2obj", "headers")
    ]
    if len(ranges) != 4:
        sys.exit(f"damage_linked.py: found the ranges {ranges}, expected 4")
    for begin, end in ranges:
        for at in range(begin, end - 3, 12):
            changed = bytearray(original)
            struct.pack_into("<I", changed, at, 0xFFFFFFFF if at % 8 == 0 else 0x7FFFFFF0)
            yield f"word {at:#x}", bytes(changed)
    for size in range(0, len(original), max(1, len(original) // 100)):
        yield f"first {size}", original[:size]


def problem(name, content, folder):
    path = Path(folder) / f"{name}.o"
    path.write_bytes(content)
    # Names may be no UTF-8 any more.
    run = subprocess.run(
        [wasm2obj, "inspect", path],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    path.unlink()
    is_read = run.returncode == 0 and run.stdout.startswith("file ") and not run.stderr
    is_refused = run.returncode == 1 and run.stderr.startswith("wasm2obj: error: ")
    return None if is_read or is_refused else f"{name}: status {run.returncode}, {run.stderr[:200]}"


with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
    problems = [p for p in pool.map(lambda d: problem(*d, folder), damages()) if p]
print("\n".join(problems[:20]))
sys.exit(1 if problems else 0)
