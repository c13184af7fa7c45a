"""The examples of a page of the documentation: its indented blocks."""

import re
import subprocess
import textwrap
from pathlib import Path


def blocks(page):
    """Returns the blocks of a page of Markdown, without their indentation."""
    lines = page.read_text("utf-8").splitlines()
    kept = "\n".join(line if line.startswith("    ") or not line else "\0" for line in lines)
    return [textwrap.dedent(block).strip() for block in kept.split("\0") if block.strip()]


def compile_guests(page, folder, binaries):
    """Writes the modules of a page, whose first lines are comments with their names, into a folder,
    and runs the page's commands of wasm2obj there."""
    for block in blocks(page):
        if name := re.match(r";; (\w+\.wat)\n", block):
            (Path(folder) / name[1]).write_text(block, "utf-8")
        elif block.startswith("wasm2obj "):
            for line in block.splitlines():
                _, *arguments = line.split()
                subprocess.run([Path(binaries) / "wasm2obj", *arguments], cwd=folder, check=True)
