"""with_directory.py FOLDER COMMAND...: runs the command with the folder as its standard input."""

import os
import sys

os.dup2(os.open(sys.argv[1], os.O_RDONLY | os.O_DIRECTORY), 0)
os.execvp(sys.argv[2], sys.argv[2:])
