"""Checks the lengths of files, functions, lines and folders."""

import ast
import re
from collections import Counter

import cpp_text

CODE = (".cpp", ".h", ".c", ".S")
FILE_LINES = 600  # of code; tables (.def) are as long as they need to be
FUNCTION_LINES = 60
LINE_COLUMNS = 100
FOLDER_FILES = 25  # sources, not counting tests
# Collections of programs that stand alone.
COLLECTIONS = ("test/bench/kernels", "test/bench/others", "test/bench/real")

# A line may be longer if it cannot be broken: a long word or an address.
UNBREAKABLE = re.compile(r"^\W*\S{90,}$|https?://")


def is_test(path):
    return bool(re.search(r"_test\.(cpp|py)$|_testing\.(cpp|h)$", path))


def check_lines(path, lines):
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_COLUMNS and not UNBREAKABLE.search(line):
            yield f"{path}:{number}: {len(line)} columns, more than {LINE_COLUMNS}"


def python_function_spans(lines):
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno


def check_functions(path, lines):
    spans = python_function_spans if path.endswith(".py") else cpp_text.function_spans
    for first, last in spans(lines):
        length = last - first + 1
        if length > FUNCTION_LINES:
            yield f"{path}:{first}: a function of {length} lines, more than {FUNCTION_LINES}"


def check(files):
    """Returns the violations in `files`, a dictionary from paths to lists of lines."""
    problems = []
    folders = Counter()
    for path, lines in files.items():
        if path.endswith((*CODE, ".py")) and len(lines) > FILE_LINES:
            problems.append(f"{path}: {len(lines)} lines, more than {FILE_LINES}")
        if not path.endswith(".def"):
            problems += check_lines(path, lines)
        if path.endswith((".cpp", ".h", ".py")):
            problems += check_functions(path, lines)
        if path.endswith((*CODE, ".def")) and not is_test(path):
            folders[path.rpartition("/")[0]] += 1
    problems += [
        f"{folder}: {count} sources, more than {FOLDER_FILES}"
        for folder, count in folders.items()
        if count > FOLDER_FILES and folder not in COLLECTIONS
    ]
    return problems
