"""Holds commits to their form: a subject that says in the imperative what changes, in at most 72
characters, and a linear history."""

import re
import subprocess

SUBJECT_COLUMNS = 72
COUNT = 20  # the newest ones

# First words that are no imperative. A list of exceptions would be endless, a grammar as well; these
# are what people write by habit.
NO_IMPERATIVE = re.compile(r"^\w+(?:ed|ing)\b", re.IGNORECASE)
IMPERATIVES = {"Bring", "Embed", "Feed", "Need", "Seed", "Shed", "Speed", "Spring", "String", "Swing"}


def problems_of(subject):
    if len(subject) > SUBJECT_COLUMNS:
        yield f"{len(subject)} characters, more than {SUBJECT_COLUMNS}"
    if not subject[:1].isupper():
        yield "does not begin with a capital letter"
    if subject.endswith("."):
        yield "ends with a full stop"
    first = subject.partition(" ")[0]
    if NO_IMPERATIVE.match(subject) and first not in IMPERATIVES:
        yield f"'{first}' is no imperative"


def check(root):
    """The problems of the newest commits; none where there is no repository."""
    log = subprocess.run(["git", "-C", root, "log", f"-{COUNT}", "--format=%h%x09%p%x09%s"],
                         capture_output=True, text=True, check=False)
    problems = []
    for line in log.stdout.splitlines():
        commit, parents, subject = line.split("\t", 2)
        if " " in parents:
            problems.append(f"{commit}: a merge; rebase instead")
        problems += [f"{commit}: '{subject}': {problem}" for problem in problems_of(subject)]
    return problems
