"""Reads C++ sources as clang-format leaves them, by their lines and indentation."""

import re

# Heads of blocks that end in an opening brace and are no functions.
NO_FUNCTION = re.compile(
    r"^\s*(?:inline |template\s*<.*> |typedef )*"
    r"(?:namespace|class|struct|union|enum|extern \"C\")\b"
)

STRING_OR_COMMENT = re.compile(
    r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)'|" + r"(?P<comment>\s*(?://|/\*).*$)"
)
RAW_STRING = re.compile(r'R"(\w*)\(')


def comment_start(line):
    """Returns the column where a comment begins in `line`, with the blanks before it, or None."""
    for match in STRING_OR_COMMENT.finditer(line):
        if match["comment"] is not None:
            return match.start()
    return None


def without_comment(line):
    """Returns `line` up to a comment in it; a // in a string literal begins no comment."""
    return line[: comment_start(line)]


def has_comment(line):
    return comment_start(line) is not None


def indentation(line):
    return len(line) - len(line.lstrip(" "))


def simplified(lines):
    """Returns `lines` with only // comments, and without what could be mistaken for code.

    The lines of a /* comment */ become empty // comments, those that continue a preprocessor
    directive empty lines. Of the lines of a raw string, what is behind its end remains. No line is
    added or removed.
    """
    result = []
    end = None  # of the comment, raw string or directive that the line is in
    replacement = ""
    for line in lines:
        if end is not None:
            is_last = not line.endswith("\\") if end == "\\" else end in line
            result.append(line.partition(end)[2] if is_last and end[0] == ")" else replacement)
            if is_last:
                end = None
            continue
        text = line.lstrip(" ")
        raw = RAW_STRING.search(without_comment(line))
        if text.startswith("/*"):
            replacement = " " * indentation(line) + "//"
            end = "*/" if "*/" not in text else None
            line = replacement
        elif raw and f'){raw[1]}"' not in line[raw.end() :]:
            end, replacement = f'){raw[1]}"', ""
        elif text.startswith("#") and line.endswith("\\"):
            end, replacement = "\\", ""
        result.append(line)
    return result


def function_spans(lines):
    """Yields (first line, last line), counted from 1, of each function definition.

    Functions of namespaces and classes count, also in anonymous namespaces and nested classes;
    lambdas and local classes are part of the function that they are in.
    """
    lines = simplified(lines)
    number = 0
    head = None  # the first line of the declaration that `number` is in
    while number < len(lines):
        text = without_comment(lines[number]).rstrip()
        number += 1
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if head is None:
            head = number
        if not text.endswith("{"):
            if text.endswith((";", ":", "}")):
                head = None
            continue
        declaration = " ".join(without_comment(line).strip() for line in lines[head - 1 : number])
        first, head = head, None
        if NO_FUNCTION.match(declaration) and not re.search(r"\)\s*(?:const)?\s*{$", declaration):
            continue
        end = closing_line(lines, number, indentation(lines[first - 1]))
        if end is None:
            continue
        if "(" in declaration and not re.search(r"=\s*{$", declaration):
            yield first, end
        number = end


def closing_line(lines, start, indent):
    """Returns the number of the first line after `start` that closes a brace at `indent`."""
    for number in range(start, len(lines)):
        if lines[number].startswith(" " * indent + "}"):
            return number + 1
    return None
