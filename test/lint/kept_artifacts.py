"""Checks that a kept artifact (test/lit/artifact/kept.test) is never replaced under the same name.

It stands for all artifacts of its version of the ABI that users have. If it no longer loads, the
version must be incremented; to make it again would hide that.
"""

import commits

KEPT = "test/lit/artifact/Inputs/abi-*.so"


def check(root):
    """Returns the violations in the history of the repository whose root is `root`, and in its
    files that are not committed yet. There are none where there is no repository."""
    if not commits.is_repository(root):
        return []
    changed = commits.run_git(root, "log", "--diff-filter=M", "--format=commit %h", "--", KEPT)
    changed += commits.run_git(root, "diff", "HEAD", "--diff-filter=M", "--name-only", "--", KEPT)
    return [
        f"{place}: a kept artifact is changed; increment kAbiVersion (runtime/abi/abi_hash.h), and "
        "add one for the new version instead"
        for place in changed.splitlines()
    ]
