"""small_stack.py COMMAND...: runs the command with a stack of 64 KiB."""

import os
import resource
import sys

resource.setrlimit(resource.RLIMIT_STACK, (64 << 10, 64 << 10))
os.execv(sys.argv[1], sys.argv[1:])
