#!/usr/bin/env python3
"""on_terminal.py COMMAND...: runs a command on a terminal of its own and prints what it has written
there, with control characters as escapes. Exits with its exit code."""

import os
import pty
import sys


def main():
    """Runs the command."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    output = bytearray()
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # how Linux says that nobody has the other end open
            break
        output.extend(data)
    _, status = os.waitpid(child, 0)
    print(ascii(output.decode()))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
