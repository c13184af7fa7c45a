"""Reads what a program says about its options with --help.

The help of a program is made from the tables that it reads its command line by. So it is the one
source of manual pages and completions. Its lines with options are

  -x,--name VALUE             What it does

The description begins in the same column everywhere, on the next line behind a long name. VALUE
tells what completes it: alternatives A|B, FILE, MODULE, or DIRECTORY and HOST, which is a path of
the host.
"""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Option:
    names: list[str]  # with their dashes
    value: str  # its name; empty for a flag
    help: str

    @property
    def choices(self) -> list[str]:
        """The alternatives that the value is one of; empty if it is something else."""
        return self.value.split("|") if "|" in self.value else []

    @property
    def is_file(self) -> bool:
        return self.value in ("FILE", "MODULE")

    @property
    def is_directory(self) -> bool:
        return self.value.startswith(("DIRECTORY", "HOST"))


@dataclass
class Command:
    name: str  # "wasm2obj snapshot"
    summary: str = ""
    groups: dict[str, list[Option]] = field(default_factory=dict)
    arguments: list[Option] = field(default_factory=list)
    commands: list["Command"] = field(default_factory=list)

    @property
    def options(self) -> list[Option]:
        return [option for group in self.groups.values() for option in group]


ITEM = re.compile(r"  (\S.*?)(?:\s{2,}(\S.*))?$")
HEADING = re.compile(r"(\S.*):$")


def find_column(lines: list[str]) -> int:
    """Returns the column in which most descriptions begin."""
    starts = [match.start(2) for line in lines if (match := ITEM.match(line)) and match[2]]
    if not starts:
        raise ValueError("the help has no options")
    return Counter(starts).most_common(1)[0][0]


def read_item(spelling: str, text: str) -> Option:
    """Makes an option from its columns."""
    match = re.fullmatch(r"(-[^\s,]+(?:, ?-[^\s,]+)*|\S+)(?: (.+))?", spelling)
    if match is None:
        raise ValueError(f"'{spelling}' is no option with a value")
    value = re.sub(r"\s*(\.\.\.|REQUIRED)", "", match[2] or "").strip()
    return Option(re.split(r", ?", match[1]), value, text)


def read_sections(text: str) -> dict[str, list[Option]]:
    """Returns the headings of a help and the items below each."""
    lines = text.splitlines()
    column = find_column(lines)
    sections, heading = {}, None
    for line, following in zip(lines, [*lines[1:], ""]):
        # Behind a long name, the description is on the next line, which has only that.
        if match := HEADING.match(line):
            heading = match[1]
        elif line.startswith("  ") and not line.startswith("   ") and heading:
            spelling, description = line[:column].strip(), line[column:].strip()
            if len(line) > column and line[column - 1] != " ":
                spelling, description = line.strip(), ""
            if not description:
                description = following.strip()
            sections.setdefault(heading, []).append(read_item(spelling, description))
    return sections


def read_command(program: str, words: list[str], name: str, summary: str = "") -> Command:
    """Runs a program for its help and that of its commands."""
    text = subprocess.run(
        [program, *words, "--help"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    sections = read_sections(text)
    command = Command(" ".join([name, *words]), summary)
    for child in sections.pop("Subcommands", []):
        word = child.names[0]
        command.commands.append(read_command(program, [*words, word], name, child.help))
    command.arguments = sections.pop("Positionals", [])
    command.groups = sections
    return command
