"""forge.py WASMRUN KEY SIGNED SIGNED_OTHER OTHER_BY_B: checks that wasmrun --require-signature KEY
refuses files that are put together of signed ones.

SIGNED and SIGNED_OTHER are different artifacts with a signature by the key. OTHER_BY_B is the other
artifact with a signature by another key.
"""

import struct
import subprocess
import sys
import tempfile
from pathlib import Path

wasmrun, key = sys.argv[1:3]
KEY, SIGNATURE, TRAILER = 32, 64, 24
BLOCK = KEY + SIGNATURE + TRAILER


class Parts:
    """The parts of a file with one signature."""

    def __init__(self, path):
        file = Path(path).read_bytes()
        self.content, block = file[:-BLOCK], file[-BLOCK:]
        self.key, self.signature = block[:KEY], block[KEY : KEY + SIGNATURE]
        self.trailer = block[KEY + SIGNATURE :]
        self.block = block


def trailer(count, version=1):
    return struct.pack("<II16s", count, version, b"wasm2obj-signed\0")


good, other, other_by_b = (Parts(path) for path in sys.argv[3:6])
# The scalar of a signature plus the order of the group: the same signature, otherwise encoded.
ORDER = 2**252 + 27742317777372353535851937790883648493
scalar = int.from_bytes(good.signature[32:], "little") + ORDER
encoded_otherwise = good.signature[:32] + scalar.to_bytes(32, "little")

FORGERIES = {
    "signature of another artifact": (other.content + good.block, "has been changed"),
    "key exchanged": (
        other_by_b.content + good.key + other_by_b.signature + good.trailer,
        "has been changed",
    ),
    "signed by another": (other_by_b.content + other_by_b.block, "which is not the required one"),
    "no signature": (good.content, "is not signed"),
    "content added": (good.content + b"\0" + good.block, "has been changed"),
    "content removed": (good.content[:-1] + good.block, "has been changed"),
    "content doubled": (good.content + good.content + good.block, "has been changed"),
    "byte behind": (good.content + good.block + b"\0", "is not signed"),
    "byte between": (
        good.content + good.key + good.signature + b"\0" + good.trailer,
        "changed|is signed by key",
    ),
    "signed twice": (good.content + good.block + good.block, "has been changed"),
    "other signed in front": (other.content + other.block + good.block, "has been changed"),
    "same key twice": (
        good.content + (good.key + good.signature) * 2 + trailer(2),
        "not in the order of their keys",
    ),
    "one more than there are": (
        good.content + good.block[:-TRAILER] + trailer(2),
        "signatures|signed",
    ),
    "none": (good.content + trailer(0), "their number is 0"),
    "many": (good.content + good.block[:-TRAILER] + trailer(0xFFFFFFFF), "their number is"),
    "more than the file": (b"\x7fELF" + trailer(16), "larger than the file"),
    "version": (good.content + good.block[:-TRAILER] + trailer(1, 2), "of version 2, expected 1"),
    "encoded otherwise": (
        good.content + good.key + encoded_otherwise + good.trailer,
        "has been changed",
    ),
    "zeros": (good.content + good.key + bytes(SIGNATURE) + good.trailer, "has been changed"),
}


def run(content):
    with tempfile.NamedTemporaryFile(suffix=".so") as file:
        file.write(content)
        file.flush()
        return subprocess.run(
            [wasmrun, "--require-signature", key, "--invoke", "answer", file.name],
            capture_output=True,
            text=True,
            check=False,
        )


def main():
    # The parts of the files are as expected.
    for parts, answer in ((good, "42\n"), (other, "13\n")):
        done = run(parts.content + parts.key + parts.signature + trailer(1))
        if done.stdout != answer:
            sys.exit(f"forge.py: a good file prints {done.stdout!r} {done.stderr!r}")
    for name, (content, expected) in FORGERIES.items():
        done = run(content)
        has_reason = any(word in done.stderr for word in expected.split("|"))
        if done.returncode != 1 or done.stdout or not has_reason:
            sys.exit(
                f"forge.py: {name}: status {done.returncode}, {done.stdout!r} {done.stderr!r}, "
                f"expected '{expected}'"
            )


main()
