"""corrupt.py WASMRUN ARTIFACT [KEY]: checks that damaged copies of an artifact are refused. The
export `answer` of the artifact returns 42.

Each byte of the headers, the note and the dynamic section is changed by itself, in two ways, and a
sample of the bytes of code and memory image. Copies that are truncated or extended are tried as
well. All must be refused with status 1 and a reason. The symbol table is left out, since the
checksum does not cover it.

With a public key, the artifact is a signed one, and wasmrun requires its signature. Then every byte
counts: all of the signatures and every seventh of the whole file are changed besides.
"""

import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

wasmrun = sys.argv[1]
original = Path(sys.argv[2]).read_bytes()
options = ["--require-signature", sys.argv[3]] if len(sys.argv) > 3 else []
SIGNATURES = 120  # the size of one signature and what follows it

PROGRAM_HEADERS = 64
LOAD_TYPE, DYNAMIC_TYPE, NOTE_TYPE = 1, 2, 4
EXECUTABLE = 1


def program_headers():
    count = struct.unpack_from("<H", original, 56)[0]
    for i in range(count):
        yield struct.unpack_from("<IIQQQQQQ", original, PROGRAM_HEADERS + 56 * i)


def interesting_bytes():
    """Returns the offsets of the bytes to change: all of the ELF header, program headers, note,
    dynamic section and section headers, and some of the rest."""
    wanted = set(range(64))
    count = 0
    for kind, flags, offset, _, _, size, _, _ in program_headers():
        count += 1
        if kind in (DYNAMIC_TYPE, NOTE_TYPE):
            wanted.update(range(offset, offset + size))
        if flags & EXECUTABLE and kind == LOAD_TYPE:
            wanted.update(range(offset, offset + size, 13))
        elif kind == LOAD_TYPE:
            wanted.update(range(offset, offset + size, 509))
    wanted.update(range(PROGRAM_HEADERS, PROGRAM_HEADERS + 56 * count))
    (sections,) = struct.unpack_from("<Q", original, 40)
    (section_count,) = struct.unpack_from("<H", original, 60)
    wanted.update(range(sections, sections + 64 * section_count))
    if options:
        wanted.update(range(0, len(original), 7))
        wanted.update(range(len(original) - SIGNATURES, len(original)))
    return sorted(wanted)


def refuse(name, content, folder):
    path = Path(folder) / f"{name}.so"
    path.write_bytes(content)
    run = subprocess.run(
        [wasmrun, *options, "--invoke", "answer", path],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    path.unlink()
    if (
        run.returncode == 1
        and not run.stdout
        and run.stderr.startswith("wasmrun: ")
        and len(run.stderr.strip()) > len(str(path)) + 15
    ):
        return None
    return f"{name}: status {run.returncode}, {run.stdout!r} {run.stderr[:200]!r}"


def damages():
    for at in interesting_bytes():
        for mask in (0x01, 0xFF):
            changed = bytearray(original)
            changed[at] ^= mask
            yield f"byte-{at:#x}-{mask:#x}", bytes(changed)
    step = max(1, len(original) // 200)
    for size in [*range(0, 256, 7), *range(256, len(original), step), len(original) - 1]:
        yield f"first-{size}", original[:size]
    yield "longer", original + b"\0"


with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
    problems = [p for p in pool.map(lambda d: refuse(*d, folder), damages()) if p]
print("\n".join(problems[:20]))
sys.exit(1 if problems else 0)
