"""damage.py CACHE: changes a byte in the middle of the headers of each artifact in the cache."""

import sys
from pathlib import Path

for artifact in Path(sys.argv[1]).rglob("*.so"):
    content = bytearray(artifact.read_bytes())
    content[0x60] ^= 0xFF
    artifact.chmod(0o644)
    artifact.write_bytes(content)
