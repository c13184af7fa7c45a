"""at_once.py CACHE COMMAND...: checks that eight concurrent runs with one empty cache all succeed
and print "Hello, world"."""

import os
import subprocess
import sys

environment = {**os.environ, "XDG_CACHE_HOME": sys.argv[1]}
runs = [
    subprocess.Popen(sys.argv[2:], env=environment, stdout=subprocess.PIPE, text=True)
    for _ in range(8)
]
outputs = [run.communicate()[0] for run in runs]
if any(run.returncode for run in runs) or set(outputs) != {"Hello, world\n"}:
    sys.exit(f"{[run.returncode for run in runs]}: {outputs}")
