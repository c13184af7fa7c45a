"""send_signal.py SIGNAL STATUS COMMAND...: sends the signal to the command once that has written a
line; succeeds if its exit code is STATUS then."""

import signal
import subprocess
import sys

wanted = int(sys.argv[2])
with subprocess.Popen(sys.argv[3:], stdout=subprocess.PIPE) as command:
    command.stdout.readline()
    command.send_signal(getattr(signal, sys.argv[1]))
    status = command.wait(timeout=60)
if status != wanted:
    sys.exit(f"send_signal.py: {sys.argv[3]} ended with {status}, expected {wanted}")
