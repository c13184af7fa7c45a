"""talk.py ADDRESS TEXT COMMAND...: runs the command, a server that prints the address where it
listens on standard error (`... listens on ADDRESS`). Sends the text to the server, prints the
answer and ends with the exit code of the server."""

import re
import socket
import subprocess
import sys

address, text, command = sys.argv[1], sys.argv[2], sys.argv[3:]
server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
for line in server.stderr:
    if found := re.search(r"listens on (\S+)$", line.rstrip()):
        address = found[1]
        break
else:
    sys.exit("talk.py: the server does not listen")
if address.startswith("unix:"):
    client = socket.socket(socket.AF_UNIX)
    client.connect(address.removeprefix("unix:"))
else:
    host, _, port = address.rpartition(":")
    client = socket.create_connection((host, int(port)), timeout=60)
client.sendall(text.encode())
client.shutdown(socket.SHUT_WR)
print(b"".join(iter(lambda: client.recv(1000), b"")).decode())
sys.exit(server.wait(60))
