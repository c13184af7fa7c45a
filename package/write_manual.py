#!/usr/bin/env python3
"""write_manual.py PROGRAM FRAME VERSION OUTPUT: writes the manual page of a program and its
completions for bash, zsh and fish below OUTPUT/share, made from what PROGRAM --help says. FRAME has
the other sections of the page. --guest: all words behind the first that is no option are a guest's.
"""

import argparse
import gzip
from pathlib import Path

import completions
from help_text import read_command
from man_page import make_page


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guest", action="store_true")
    parser.add_argument("program")
    parser.add_argument("frame", type=Path)
    parser.add_argument("version")
    parser.add_argument("output", type=Path)
    words = parser.parse_args()

    name = Path(words.program).name
    command = read_command(words.program, [], name)
    page = make_page(words.frame.read_text("utf-8"), command, words.version)
    share = words.output / "share"
    # Without a time, so that the same input gives the same bytes.
    write(share / f"man/man1/{name}.1.gz", gzip.compress(page.encode(), 9, mtime=0))
    for path, make in (
        (f"bash-completion/completions/{name}", completions.bash),
        (f"zsh/site-functions/_{name}", completions.zsh),
        (f"fish/vendor_completions.d/{name}.fish", completions.fish),
    ):
        write(share / path, make(command, words.guest).encode())


if __name__ == "__main__":
    main()
