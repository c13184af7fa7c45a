"""send_signal.py SIGNAL STATUS COMMAND...: sends the signal to the command once that has written a
line; succeeds if its exit code is STATUS then."""

import signal
import subprocess
import sys

number = getattr(signal, sys.argv[1])
wanted = int(sys.argv[2])


def heed_signal() -> None:
    """A command that a shell runs in the background ignores SIGINT, and so do its children."""
    signal.signal(number, signal.SIG_DFL)


with subprocess.Popen(sys.argv[3:], stdout=subprocess.PIPE, preexec_fn=heed_signal) as command:
    try:
        command.stdout.readline()
        command.send_signal(number)
        status = command.wait(timeout=60)
    finally:
        command.kill()
if status != wanted:
    sys.exit(f"send_signal.py: {sys.argv[3]} ended with {status}, expected {wanted}")
