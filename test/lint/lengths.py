"""Holds files, functions, lines and folders to their lengths."""

import re
from collections import Counter

import cpp_text

CODE = (".cpp", ".h", ".c", ".S")
FILE_LINES = 600  # of code; tables (.def) and documents are as long as they need to be
FUNCTION_LINES = 60
LINE_COLUMNS = 100
FOLDER_FILES = 25  # sources, not counting tests
COLLECTIONS = ("test/bench/kernels", "test/bench/real")  # of programs by themselves

# A line may be longer if it cannot be broken: an address, a table of Markdown, a long string.
UNBREAKABLE = re.compile(r"^\W*\S{90,}$|^\||\]\(|https?://")


def is_test(path):
    return bool(re.search(r"_test\.(cpp|py)$|_testing\.(cpp|h)$", path))


def check_lines(path, lines):
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_COLUMNS and not path.endswith(".def") and not UNBREAKABLE.search(line):
            yield f"{path}:{number}: {len(line)} columns, more than {LINE_COLUMNS}"


def check_functions(path, lines):
    for first, last in cpp_text.function_spans(lines):
        length = last - first + 1
        if length > FUNCTION_LINES:
            yield f"{path}:{first}: a function of {length} lines, more than {FUNCTION_LINES}"


def check(files):
    """The problems of `files`, a dictionary from paths to lists of lines."""
    problems = []
    folders = Counter()
    for path, lines in files.items():
        if path.endswith(CODE + (".py",)) and len(lines) > FILE_LINES:
            problems.append(f"{path}: {len(lines)} lines, more than {FILE_LINES}")
        if not path.endswith(".md"):
            problems += check_lines(path, lines)
        if path.endswith((".cpp", ".h")):
            problems += check_functions(path, lines)
        if path.endswith(CODE + (".def",)) and not is_test(path):
            folders[path.rpartition("/")[0]] += 1
    problems += [f"{folder}: {count} sources, more than {FOLDER_FILES}"
                 for folder, count in folders.items() if count > FOLDER_FILES and folder not in COLLECTIONS]
    return problems
