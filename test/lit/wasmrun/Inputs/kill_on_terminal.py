"""kill_on_terminal.py COMMAND...: kills the command once it has printed that a read from a terminal
would block, and checks that the terminal is back in blocking mode."""

import fcntl
import os
import subprocess
import sys

_, terminal = os.openpty()
with subprocess.Popen(sys.argv[1:], stdin=terminal, stdout=subprocess.PIPE) as process:
    said = process.stdout.readline()
    process.kill()
if said != b"again\n":
    sys.exit(f"it said {said}")
if fcntl.fcntl(terminal, fcntl.F_GETFL) & os.O_NONBLOCK:
    sys.exit("the terminal no longer waits")
