"""run_page.py BUILD PAGE FOLDER: runs the examples of a page of the documentation in a folder.

Every indented block is an example. It is a file behind a line with its name in a comment, or
a session: lines `$ COMMAND`, each with the output that must follow, standard output and standard
error together. In an output, `...` stands for any text within a line. Each command must succeed.
Programs, headers and libraries of the build are found without options, as after an installation.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from page import blocks

FILE = re.compile(r"(?:;;|//|/\*) ([\w.-]+\.\w+)(?: \*/)?\n")


def environment(build):
    """The variables with which shell, compilers, linker and pkg-config find a build."""
    headers = Path(__file__).resolve().parents[3] / "loader/embed"
    own = {"CPATH": headers, "LIBRARY_PATH": build / "lib", "LD_LIBRARY_PATH": build / "lib"}
    own["PATH"] = f"{build}/bin:{os.environ['PATH']}"
    own["PKG_CONFIG_PATH"] = build / "package"
    return {**os.environ, **{name: str(value) for name, value in own.items()}}


def run_session(block, folder, variables):
    """Returns how many commands of a session have run."""
    commands = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    for text in commands:
        command, _, expected = text.partition("\n")
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        pattern = r"[^\n]*".join(map(re.escape, expected.strip().split("...")))
        if run.returncode != 0 or not re.fullmatch(pattern, run.stdout.strip()):
            sys.exit(f"$ {command}\nstatus {run.returncode}\n{run.stdout}\nexpected:\n{expected}")
    return len(commands)


def main():
    build, page, folder = map(Path, sys.argv[1:])
    variables = environment(build.resolve())
    folder.mkdir(parents=True, exist_ok=True)
    commands = 0
    for block in blocks(page):
        if name := FILE.match(block):
            (folder / name[1]).write_text(block[name.end() :] + "\n", "utf-8")
        elif block.startswith("$ "):
            commands += run_session(block, folder, variables)
        else:
            sys.exit(f"{page.name}: neither a file nor a session:\n{block}")
    print(f"{page.name}: {commands} commands ran")


if __name__ == "__main__":
    main()
