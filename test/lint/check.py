#!/usr/bin/env python3
"""check.py [ROOT]: holds the sources to the project's rules; exit code 1 if any is broken.

The rules: the include graph of layers.txt (include_graph.py); lengths of files, functions, lines and
folders (lengths.py); a comment on every public declaration (comments.py); subjects of commits and a
linear history (commits.py), where there is a git repository.
"""

import sys
from pathlib import Path

import comments
import commits
import include_graph
import lengths

CHECKED = (".cpp", ".h", ".def", ".S", ".c", ".py", ".md")


def read_sources(root):
    """Paths of the files that the rules are for, below `root`, with their lines."""
    files = {}
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.suffix in CHECKED and file.is_file() and not path.startswith(("build", ".")):
            files[path] = file.read_text(encoding="utf-8").splitlines()
    return files


def check(root, rules):
    files = read_sources(root)
    return [*include_graph.check(root, files, rules), *lengths.check(files), *comments.check(files),
            *commits.check(root)]


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    rules = include_graph.Rules((root / "test/lint/layers.txt").read_text(encoding="utf-8"))
    problems = check(root, rules)
    print("\n".join(problems) if problems else "lint: in order")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
