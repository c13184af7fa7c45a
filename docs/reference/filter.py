"""filter.py HEADER: prints a header with its comments as Doxygen wants them.

A comment in front of a declaration describes it and those that follow without a blank line: each
gets a copy. One behind a declaration, in the same line, describes that. Other comments describe
the whole file.
"""

import re
import sys
from pathlib import Path

SPECIAL = re.compile(r"[\\@<>#%&$]")
BEHIND = re.compile(r"(?P<code>.*\S)\s*(?P<mark>/\*|//) (?P<text>.*)")
SCOPE = re.compile(
    r"(?:typedef |template <.*> )?(class|struct|union|enum|namespace|extern \"C\")[^;=]*\{$"
)


def escaped(text):
    return SPECIAL.sub(r"\\\g<0>", text)


def marked(lines):
    """The text of a comment with Doxygen's special characters escaped, and its code marked."""
    out, in_code = [], False
    for line in lines:
        is_code = line.startswith("   ")
        if is_code != in_code:
            out.append("\\code" if is_code else "\\endcode")
            in_code = is_code
        out.append(line if is_code else escaped(line))
    return out + (["\\endcode"] if in_code else [])


def block(lines):
    return ["/**", *lines, "*/"]


class Scope:
    """Between braces: whether declarations are there, and the comment of their type, which is also
    that of members without one."""

    def __init__(self, has_declarations, comment):
        self.has_declarations = has_declarations
        self.comment = comment


class Filter:
    def __init__(self, lines):
        self.lines = lines
        self.out = []
        self.group = None  # the comment of the declarations up to the next blank line
        self.is_start = True  # the next line of code begins a declaration
        self.scopes = []  # of the open braces

    def take_comment(self, at):
        """Returns the text of the comment at a line, and the line behind it."""
        text = []
        if self.lines[at].lstrip().startswith("//"):
            while at < len(self.lines) and self.lines[at].lstrip().startswith("//"):
                text.append(self.lines[at].lstrip()[2:])
                at += 1
            return text, at
        while True:
            line = self.lines[at].strip()
            text.append(re.sub(r"^/?\*(?!/)", "", line.removesuffix("*/")))
            at += 1
            if line.endswith("*/"):
                return text, at

    def is_in_declarations(self):
        return all(scope.has_declarations for scope in self.scopes)

    def put_code(self, line):
        code = line.split("//")[0].split("/*")[0].rstrip()
        comment = self.group or (self.scopes[-1].comment if self.scopes else None)
        is_other = re.match(r"#(?!define)|[}]|\w+:$|$", code.strip())
        is_declaration = self.is_in_declarations() and not is_other
        behind = BEHIND.match(line)
        if line == "namespace detail {":
            self.out.append("/** \\cond */")
        if is_declaration and behind:
            mark = " /**<" if behind["mark"] == "/*" else " ///<"
            self.out.append(f"{behind['code']}{mark} {escaped(behind['text'])}")
        elif is_declaration and self.is_start and comment:
            self.out += [*block(comment), line]
        else:
            self.out.append(line)
        if line == "}  // namespace detail":
            self.out.append("/** \\endcond */")
        self.count_braces(code, comment)
        self.is_start = not code or code.endswith((";", "}", "{", ":")) or code.startswith("#")

    def count_braces(self, code, comment):
        for brace in re.findall(r"[{}]", code):
            if brace == "}":
                self.scopes.pop()
                continue
            kind = SCOPE.match(code.strip())
            is_type = kind is not None and kind[1] not in ("namespace", 'extern "C"')
            self.scopes.append(Scope(kind is not None, comment if is_type else None))
            if kind is not None:
                self.group = None

    def run(self):
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.lstrip().startswith(("/*", "//")) and self.is_in_declarations():
                text, after = self.take_comment(at)
                is_of_file = at == 0 or after == len(self.lines) or not self.lines[after].strip()
                if is_of_file:
                    self.out += block(["\\file", *marked(text)])
                self.group = None if is_of_file else marked(text)
                self.is_start = True
                at = after
                continue
            if not line.strip():
                self.group = None
            self.put_code(line)
            at += 1
        return "\n".join(self.out)


if __name__ == "__main__":
    print(Filter(Path(sys.argv[1]).read_text("utf-8").splitlines()).run())
