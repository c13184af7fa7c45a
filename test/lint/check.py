#!/usr/bin/env python3
"""check.py [ROOT]: checks the sources below ROOT against the project's rules.

The rules are: the include graph of layers.txt (include_graph.py); the lengths of files, functions,
lines and folders (lengths.py); a comment on every public declaration (comments.py); the subjects of
the newest commits and a linear history (commits.py); kept artifacts that stay as they are
(kept_artifacts.py). Prints one line for each violation. The exit
code is 1 if there is any, else 0.
"""

import os
import sys
from pathlib import Path

import comments
import commits
import include_graph
import kept_artifacts
import lengths

CHECKED = (".cpp", ".h", ".def", ".S", ".c", ".py", ".mjs", ".cmake", "CMakeLists.txt")


def read_sources(root):
    """Returns a dictionary from the paths of the checked files, relative to `root`, to their lines.

    Build trees (`build` in the root) and hidden folders are left out.
    """
    files = {}
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and not (name == "build" and Path(folder) == root)
        )
        for name in sorted(names):
            if name.endswith(CHECKED):
                file = Path(folder) / name
                files[file.relative_to(root).as_posix()] = file.read_text("utf-8").splitlines()
    return files


def check(root, rules):
    """Returns the violations in the tree at `root`, each a line for people to read."""
    files = read_sources(root)
    return [
        *include_graph.check(root, files, rules),
        *lengths.check(files),
        *comments.check(files),
        *commits.check(root),
        *kept_artifacts.check(root),
    ]


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]).resolve()
    rules = include_graph.Rules((root / "test/lint/layers.txt").read_text("utf-8"))
    problems = check(root, rules)
    print("\n".join(problems) if problems else "lint: no violations")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
