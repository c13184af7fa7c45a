"""Holds headers to a comment on every public declaration.

A declaration has one if a comment stands right above it, or above the first of the lines that follow
each other without a blank line: a comment may speak of a group. What a header declares first may have
its comment at the top of the file. Constructors, operators, destructors and what is defined in one
line need none.
"""

import re

ONE_LINE = re.compile(r"\{.*\}\s*$|=\s*(?:default|delete);$|operator")
NO_DECLARATION = re.compile(
    r"namespace|using|extern|template|static_assert|(?:class|struct|enum class) \w+(?: : \w+)?;$")


def check_header(path, lines):
    """Namespace-scope declarations of one header that have no comment."""
    above = "comment"  # the comment at the top of the file is for what is declared first
    first = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            above = above if first else "blank"
            continue
        if line.startswith(("//", "/*", " *")) or line.endswith("*/"):
            above = "comment"
            continue
        if line[0] in " }#)" or NO_DECLARATION.match(line):
            continue
        if above == "blank" and not ONE_LINE.search(line):
            yield f"{path}:{number}: a declaration without a comment: {line}"
        above = "declaration"
        first = False


def check(files):
    """The problems of `files`, a dictionary from paths to lists of lines."""
    return [problem for path, lines in files.items()
            if path.endswith(".h") and not path.startswith("test/bench/")
            for problem in check_header(path, lines)]
