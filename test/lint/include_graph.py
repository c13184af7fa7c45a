"""Checks the #include directives of the sources against the include graph of layers.txt.

An included file of the project must be spelled from the root of the repository, exist, and be a
public header of the same layer or of one that the graph allows. Headers of third parties may be
included only in the layers that list them. The graph must have no cycle.
"""

import re
import sys
from collections import defaultdict

SOURCES = (".cpp", ".h", ".def", ".S", ".c")
INCLUDE = re.compile(r'\s*#\s*include\s+(?P<open>["<])(?P<path>[^">]+)[">]')


class Rules:
    """The contents of layers.txt."""

    def __init__(self, text):
        self.allowed = {}
        self.allowed_third = {}
        self.public = {}
        self.third = {}
        self.single = []
        self.tests = []
        self.apart = []
        for line in text.splitlines():
            words = line.split("#")[0].split(maxsplit=1)
            if not words:
                continue
            subject, _, rest = words[1].partition(":")
            if words[0] == "layer":
                layers, _, third = rest.partition("|")
                self.allowed[subject] = layers.split()
                self.allowed_third[subject] = third.split()
            elif words[0] == "public":
                self.public[subject] = {f"{subject}/{header}" for header in rest.split()}
            elif words[0] == "third":
                self.third[subject] = rest.split()
            elif words[0] in ("single", "tests", "apart"):
                getattr(self, words[0]).extend(subject.split())
            else:
                sys.exit(f"layers.txt: unknown rule '{words[0]}'")

    def layer_of(self, path):
        if any(path == name or path.startswith(name + "/") for name in self.apart):
            return None
        inside = [layer for layer in self.allowed if path.startswith(layer + "/")]
        return max(inside, key=len, default=None)

    def third_of(self, header):
        for name, spellings in self.third.items():
            if any(header == s or s.endswith("/") and header.startswith(s) for s in spellings):
                return name
        return None

    def cycle(self):
        """Returns a path of layers that ends with its first layer, or None."""

        def visit(layer, trail):
            if layer in trail:
                return [*trail[trail.index(layer) :], layer]
            for edge in self.allowed.get(layer, []):
                found = visit(edge, [*trail, layer])
                if found:
                    return found
            return None

        return next(filter(None, (visit(layer, []) for layer in self.allowed)), None)


def is_test(path):
    return bool(re.search(r"_test\.cpp$|_testing\.(cpp|h)$|(^|/)test_|/(fixture|testing)/", path))


def check_include(rules, path, header, root):
    """Returns the violation if `path` includes `header`, or None."""
    layer, target = rules.layer_of(path), rules.layer_of(header)
    if target is None:
        third = rules.third_of(header)
        if third is None or third in rules.allowed_third[layer]:
            return None
        return None if is_test(path) and third in rules.tests else f"{layer} must not know {third}"
    if not any((root / name).is_file() for name in (header, header + ".in")):
        return "no such file"
    if target == layer or is_test(path) and target.split("/")[0] == path.split("/")[0]:
        return None
    if target not in rules.allowed[layer] and header not in rules.allowed[layer]:
        return f"{layer} must not know {target}"
    if target in rules.public and header not in rules.public[target] and layer != "test":
        return f"not a public header of {target}"
    return None


def check_file(rules, path, lines, root, users):
    """Returns the violations of one file, and adds it to the `users` of the third parties that it
    includes."""
    problems = []
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match["path"]
        third = rules.third_of(header)
        if match["open"] == '"' and rules.layer_of(header) is None and third is None:
            problem = "not spelled from the root of the repository"
        else:
            problem = check_include(rules, path, header, root)
        if problem:
            problems.append(f"{path}:{number}: {header}: {problem}")
        users[third].add(path)
    return problems


def check(root, files, rules):
    """Returns the violations in `files`, a dictionary from paths below `root` to lists of lines."""
    problems = []
    users = defaultdict(set)
    cycle = rules.cycle()
    if cycle:
        problems.append("layers.txt: cycle: " + " -> ".join(cycle))
    for path, lines in files.items():
        if path.endswith(SOURCES) and rules.layer_of(path) is not None:
            problems += check_file(rules, path, lines, root, users)
    for name in rules.single:
        if len(users[name]) > 1:
            problems.append(
                f"{name} is known to more than one file: {', '.join(sorted(users[name]))}"
            )
    return problems
