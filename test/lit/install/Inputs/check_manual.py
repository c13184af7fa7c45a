"""check_manual.py PROGRAM SHARE: checks that every option and command that a program's help has is
in its manual page and in all completions below SHARE, and that groff has no warning for the page.
"""

import gzip
import re
import subprocess
import sys
from pathlib import Path


def help_of(words):
    return subprocess.run(
        [*words, "--help"], check=True, capture_output=True, encoding="utf-8"
    ).stdout


def main():
    program, share = sys.argv[1], Path(sys.argv[2])
    name = Path(program).name
    text = help_of([program])
    commands = re.findall(r"^  ([a-z]+) ", text.partition("\nSubcommands:")[2], re.MULTILINE)
    text += "".join(help_of([program, command]) for command in commands)
    options = set()
    for spelling in re.findall(r"^  (-.*)$", text, re.MULTILINE):
        options |= set(re.findall(r"(?:^|, ?)(--?[A-Za-z][\w-]*)", spelling.split("  ")[0]))
    assert "--help" in options and len(options) > 10, options

    page = gzip.decompress((share / f"man/man1/{name}.1.gz").read_bytes())
    groff = subprocess.run(
        ["groff", "-ww", "-man", "-Tutf8", "-rLL=200n", "-P-cbou"],
        input=page,
        check=True,
        capture_output=True,
    )
    assert groff.stderr == b"", groff.stderr
    rendered = groff.stdout.decode().replace("‐", "-").replace("−", "-")
    missing = [
        f"{option}: not in the manual page"
        for option in options
        if not re.search(rf"^ +(-\w, )?{option}(?![\w-])", rendered, re.MULTILINE)
    ]
    missing += [
        f"{command}: not in the manual page"
        for command in commands
        if not re.search(rf"^ +{name} {command}$", rendered, re.MULTILINE)
    ]
    for file, spell in (
        (f"bash-completion/completions/{name}", str),
        (f"zsh/site-functions/_{name}", str),
        (
            f"fish/vendor_completions.d/{name}.fish",
            lambda option: f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}",
        ),
    ):
        completion = (share / file).read_text("utf-8")
        for word in [*map(spell, options), *commands]:
            if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", completion):
                missing.append(f"{word}: not in {file}")
    print("\n".join(missing) if missing else f"{len(options)} options, {len(commands)} commands")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
