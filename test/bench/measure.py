"""Runs commands and measures time and memory."""

import argparse
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from build import CLANG, make
from suite import HERE, ROOT, Program

TIMEOUT = 120  # seconds; nothing here takes that long
SECONDS = re.compile(rb"^bench-seconds ([0-9.]+)$", re.MULTILINE)


class RunError(Exception):
    """A program failed; the text has the reason."""


@dataclass(frozen=True)
class Run:
    output: bytes
    errors: bytes
    cpu_seconds: float  # of the whole process
    peak_kib: int  # of memory

    @property
    def seconds(self) -> float:
        """The time of the computation, as printed by the program."""
        found = SECONDS.search(self.errors)
        if not found:
            raise RunError("it does not say how long it took")
        return float(found[1])


@dataclass
class Samples:
    """All runs of one program in one column."""

    seconds: list[float] = field(default_factory=list)
    peak_kib: int = 0

    def add(self, run: Run) -> None:
        self.seconds.append(run.seconds)
        self.peak_kib = max(self.peak_kib, run.peak_kib)

    @property
    def minimum(self) -> float:
        return min(self.seconds)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """The difference between the slowest and the fastest run, over the fastest."""
        return max(self.seconds) / min(self.seconds) - 1


class Runner:
    def __init__(self, folder: Path):
        source = HERE / "usage.c"
        usage = folder / "usage"
        self._usage = make(usage, [CLANG, "-O1", source, "-o", usage], [source])

    def run(self, command: list[str], folder: Path | None = None, stdin: Path | None = None) -> Run:
        with tempfile.NamedTemporaryFile("r") as used, open(stdin or "/dev/null", "rb") as source:
            try:
                done = subprocess.run(
                    [str(self._usage), used.name, *command],
                    check=False,
                    stdin=source,
                    capture_output=True,
                    cwd=folder,
                    timeout=TIMEOUT,
                )
            except subprocess.TimeoutExpired as error:
                raise RunError(f"no end after {TIMEOUT} s") from error
            if done.returncode:
                errors = done.stderr.decode(errors="replace")[-500:]
                raise RunError(f"exit status {done.returncode}: {errors}")
            cpu_seconds, peak_kib = used.read().split()
        return Run(done.stdout, done.stderr, float(cpu_seconds), int(peak_kib))

    def run_program(self, program: Program, command: list[str]) -> Run:
        return self.run(command, program.folder, program.stdin)


def add_places(parser: argparse.ArgumentParser, folder: Path) -> None:
    """Adds the options that say where files are. `folder` is the default for what is built."""
    parser.add_argument(
        "--bin",
        type=Path,
        default=ROOT / "build/release/bin",
        help="where wasm2obj and wasmrun are",
    )
    parser.add_argument(
        "--folder", type=Path, default=folder, help="where programs are built and results go"
    )


def rotations(keys: Iterable[str], rounds: int) -> Iterator[list[str]]:
    """The order of each round: each begins with another column, so that no column always follows
    the same one."""
    keys = list(keys)
    for start in range(rounds):
        at = start % max(len(keys), 1)
        yield keys[at:] + keys[:at]
