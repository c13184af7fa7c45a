"""source_id.py SUM WASM2OBJ FILE...: checks that `inspect` names the same source for all files: the
one of the file SUM, which sha256sum has written.
"""

import json
import subprocess
import sys
from pathlib import Path

expected = Path(sys.argv[1]).read_text("utf-8").split()[0]
for file in sys.argv[3:]:
    facts = subprocess.run(
        [sys.argv[2], "inspect", "--json", file], capture_output=True, check=True
    )
    found = json.loads(facts.stdout)["source_sha256"]
    if found != expected:
        sys.exit(f"{file}: its source is {found}, expected {expected}")
print(f"{len(sys.argv) - 3} files of this source")
