"""Checks that every public declaration of a header has a comment.

Public declarations are those at namespace scope, macros that the header leaves defined, and public
member functions. A comment belongs to the declaration right below it and to those that follow
without a blank line, so that one comment can describe a group; a comment at the end of the line
counts as well. The comment at the top of a file also belongs to the first group in it, and the
comment of a class to the first group of its members.

Not checked: data members; constructors, destructors, operators and overriding functions (also the
`run` of LLVM's passes); functions that are defined in one line; type aliases and forward
declarations. For those the name is usually enough.
"""

import re

import cpp_text

NO_DECLARATION = re.compile(
    r"(?:namespace|using|friend|template|static_assert)\b|extern (?:\"C\"|template)"
    r"|(?:class|struct|union|enum class) \w+(?: : \w+)?;$|typedef struct \w+ \w+;$"
)
ONE_LINE = re.compile(r"\{.*\}\s*$|=\s*(?:default|delete);$|\boperator\b")
ACCESS = re.compile(r"\s*(public|protected|private):")
CLASS = re.compile(r"(?:class|struct|union)\b(?: alignas\(\w+\))?[^;(]*$")
CONSTRUCTOR = re.compile(r"(?:(?:explicit|constexpr|inline|virtual) )*~?\w+\(")
OVERRIDE = re.compile(r"\boverride\b|PreservedAnalyses run\(")  # by virtue of a table or a template
TEMPLATE_ARGUMENTS = re.compile(r"<[^<>]*>")
MACRO = re.compile(r"#\s*define (\w+)")


class Scope:
    """A class, or the namespace scope of a file, and what is known of its next declaration."""

    def __init__(self, indent, is_public, is_covered):
        self.indent = indent  # of the declarations in it
        self.is_public = is_public
        self.is_covered = is_covered  # a comment belongs to it
        self.is_first = True

    def end_group(self):
        if not self.is_first:
            self.is_covered = False


def is_member_function(declaration):
    """Whether a member function that is no constructor, destructor or override begins so."""
    if CONSTRUCTOR.match(declaration) or OVERRIDE.search(declaration):
        return False
    plain = declaration
    while TEMPLATE_ARGUMENTS.search(plain):
        plain = TEMPLATE_ARGUMENTS.sub("", plain)
    return bool(re.match(r"[^(=]*\w\(", plain))


def statement(lines, number):
    """Returns the declaration that begins on line `number` up to its semicolon or brace."""
    text = ""
    for line in lines[number - 1 :]:
        text += cpp_text.without_comment(line).strip() + " "
        if text.rstrip().endswith((";", "{", "}")):
            break
    return text.rstrip()


def needs_comment(lines, number, is_member):
    """Whether the declaration that begins on line `number` needs a comment."""
    line = lines[number - 1]
    if cpp_text.has_comment(line) or ONE_LINE.search(line):
        return False
    return not is_member or is_member_function(statement(lines, number))


def is_public_macro(lines, number, undefined):
    """Whether line `number` defines a macro for users of the header.

    Include guards are not, nor are parts of other macros, whose names end in an underscore.
    """
    macro = MACRO.match(lines[number - 1])
    if macro is None or macro[1] in undefined or macro[1].endswith("_"):
        return False
    return number < 2 or lines[number - 2].split()[-1:] != [macro[1]]


def check_header(path, lines):
    """Yields a violation for each group of public declarations without a comment."""
    lines = cpp_text.simplified(lines)
    undefined = {line.split()[1] for line in lines if re.match(r"#\s*undef \w", line)}
    scopes = [Scope(0, is_public=True, is_covered=True)]
    for number, line in enumerate(lines, 1):
        scope, indent, text = scopes[-1], cpp_text.indentation(line), line.strip()
        access = ACCESS.match(line)
        if not text:
            scope.end_group()
        elif indent < scope.indent and access:
            scope.is_public = access[1] == "public"
            scope.end_group()
        elif indent < scope.indent and text.startswith("}"):
            scopes.pop()
        elif indent == scope.indent and text.startswith("//"):
            scope.is_covered = True
        elif indent == scope.indent and is_declaration(lines, number, undefined):
            if all(each.is_public for each in scopes) and not scope.is_covered:
                if needs_comment(lines, number, len(scopes) > 1):
                    yield f"{path}:{number}: a public declaration without a comment: {text}"
                    scope.is_covered = True  # one violation for a group is enough
            scope.is_first = False
            if CLASS.match(cpp_text.without_comment(text)):
                is_covered = scope.is_covered or cpp_text.has_comment(line)
                scopes.append(Scope(indent + 2, not text.startswith("class"), is_covered))


def is_declaration(lines, number, undefined):
    """Whether a declaration begins on line `number`, which is indented as declarations are."""
    text = lines[number - 1].strip()
    if text.startswith("#"):
        return is_public_macro(lines, number, undefined)
    return not text.startswith(("}", ")")) and not NO_DECLARATION.match(text)


def check(files):
    """Returns the violations in `files`, a dictionary from paths to lists of lines."""
    return [
        problem
        for path, lines in files.items()
        if path.endswith(".h") and not path.startswith("test/bench/")
        for problem in check_header(path, lines)
    ]
