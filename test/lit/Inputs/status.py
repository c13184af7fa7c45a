"""status.py STATUS COMMAND...: runs the command; succeeds if the command's exit code is STATUS."""

import subprocess
import sys

wanted = int(sys.argv[1])
status = subprocess.run(sys.argv[2:], check=False).returncode
if status != wanted:
    sys.exit(f"status.py: {sys.argv[2]} ended with {status}, expected {wanted}")
