"""through_pipe.py PIPE FILE COMMAND...: runs the command, and then writes the file to the pipe."""

import subprocess
import sys
import time
from pathlib import Path

with subprocess.Popen(sys.argv[3:]) as process:
    time.sleep(0.2)
    Path(sys.argv[1]).write_bytes(Path(sys.argv[2]).read_bytes())
sys.exit(process.returncode)
