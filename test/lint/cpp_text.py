"""C++ sources as clang-format leaves them, read by their lines and indentation."""

import re

# What opens a brace at the end of a line and is no function.
NO_FUNCTION = re.compile(
    r"^\s*(?:inline |template\s*<.*> |typedef )*(?:namespace|class|struct|union|enum|extern \"C\")\b")


def without_comment(line):
    """`line` without a // comment; string literals with // in them are rare, and harmless here."""
    return re.sub(r"\s*//.*$", "", line)


def indentation(line):
    return len(line) - len(line.lstrip(" "))


def function_spans(lines):
    """(first line, last line) of each function definition, counted from 1, of namespaces and classes."""
    number = 0
    head = None
    while number < len(lines):
        line = without_comment(lines[number])
        number += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if head is None:
            head = number
        text = line.rstrip()
        if text.endswith((";", ":", ",")) and not text.endswith("),"):
            if text.endswith((";", ":")):
                head = None
            continue
        if not text.endswith("{"):
            if text.endswith("}"):
                head = None
            continue
        declaration = " ".join(without_comment(l).strip() for l in lines[head - 1:number])
        indent = indentation(lines[head - 1])
        if NO_FUNCTION.match(declaration) and not re.search(r"\)\s*(?:const)?\s*{$", declaration):
            head = None
            continue
        end = closing_line(lines, number, indent)
        if end is None:
            head = None
            continue
        if "(" in declaration and not re.search(r"=\s*{$", declaration):
            yield head, end
        head = None
        number = end


def closing_line(lines, start, indent):
    """The number of the first line from `start` on that closes a brace at this indentation."""
    for number in range(start, len(lines)):
        line = lines[number]
        if line.startswith(" " * indent + "}"):
            return number + 1
    return None
