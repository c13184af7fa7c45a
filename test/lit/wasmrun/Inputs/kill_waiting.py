"""kill_waiting.py COMMAND...: waits until the command prints that it has opened a pipe, then ends
it with SIGTERM while it waits to read: its exit code tells the signal."""

import signal
import subprocess
import sys
import time

with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE) as process:
    try:
        if process.stdout.readline() != b"open\n":
            sys.exit("opening the pipe waits")
        time.sleep(0.2)
        if process.poll() is not None:
            sys.exit("reading the pipe does not wait")
        process.send_signal(signal.SIGTERM)
        if process.wait(10) != 128 + signal.SIGTERM:
            sys.exit(f"ended with {process.returncode}")
    finally:
        process.kill()
