"""Checks the newest commits: a subject of at most 72 characters that says in the imperative what
changes, and a linear history.

Older commits are not judged: history is not rewritten for a new rule.
"""

import re
import subprocess
from pathlib import Path

SUBJECT_COLUMNS = 72
COUNT = 20

# First words that are probably not imperatives, such as "Added", "Adding", "Adds", and words that
# are imperatives although they look the same.
NOT_IMPERATIVE = re.compile(r"\w+(?:ed|ing|[^su]s)$", re.IGNORECASE)
IMPERATIVES = {
    *("Alias", "Bias", "Bring", "Embed", "Feed", "Need", "Ping", "Seed", "Shed", "Speed"),
    *("Spring", "String", "Swing"),
}


def problems_of(subject):
    """Yields what is wrong with the subject of a commit."""
    if len(subject) > SUBJECT_COLUMNS:
        yield f"{len(subject)} characters, more than {SUBJECT_COLUMNS}"
    if not subject[:1].isupper():
        yield "does not begin with a capital letter"
    if subject.endswith("."):
        yield "ends with a full stop"
    first = subject.partition(" ")[0]
    if NOT_IMPERATIVE.match(first) and first not in IMPERATIVES:
        yield f"'{first}' is not an imperative"


def run_git(root, *arguments):
    """Returns the output of git, or nothing if it fails or is not installed."""
    try:
        return subprocess.run(
            ["git", "-C", root, *arguments], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def is_repository(root):
    """Returns whether `root` is the root of a repository."""
    top = run_git(root, "rev-parse", "--show-toplevel").strip()
    return bool(top) and Path(top).resolve() == Path(root).resolve()


def check(root):
    """Returns the violations of the newest commits of the repository whose root is `root`.

    There are none where there is no repository, as in an unpacked archive, also if that lies inside
    of another repository. In a shallow clone only the commits that it has are judged.
    """
    if not is_repository(root):
        return []
    problems = []
    log = run_git(root, "log", f"--max-count={COUNT}", "--format=%h%x09%p%x09%s")
    for line in log.splitlines():
        commit, parents, subject = line.split("\t", 2)
        if " " in parents:
            problems.append(f"{commit}: a merge; rebase instead")
        problems += [f"{commit}: '{subject}': {problem}" for problem in problems_of(subject)]
    return problems
