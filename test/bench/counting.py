"""Counts the instructions that a command executes in user mode: by the processor's counter where
perf has it, else by valgrind. Valgrind knows no AVX-512, so what it runs is compiled for x86-64-v3
at most."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from measure import RunError

TIMEOUT = 600  # seconds
VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
VALGRIND_TOTAL = re.compile(r"I +refs: +([\d,]+)")
PERF = ("perf", "stat", "-x,", "-e", "instructions:u")
PERF_TOTAL = re.compile(r"^(\d+),,instructions", re.MULTILINE)


def counted(
    command: list[str], total: re.Pattern, log: Path, folder: Path | None, stdin: Path | None
) -> tuple[int, bytes, bytes]:
    with open(stdin or os.devnull, "rb") as source:
        done = subprocess.run(
            command, check=False, stdin=source, capture_output=True, cwd=folder, timeout=TIMEOUT
        )
        found = total.search(log.read_text())
    if done.returncode or not found:
        raise RunError(
            f"exit status {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}"
        )
    return int(found[1].replace(",", "")), done.stdout, done.stderr


class Counter:
    def __init__(self) -> None:
        self.name, self._run = "perf", self._perf
        try:
            self._perf(["true"], None, None)
        except (OSError, RunError):
            self.name, self._run = "valgrind", self._valgrind

    def count(
        self, command: list[str], folder: Path | None = None, stdin: Path | None = None
    ) -> tuple[int, bytes, bytes]:
        """Instructions, and what the command prints to both streams."""
        return self._run(command, folder, stdin)

    def _perf(
        self, command: list[str], folder: Path | None, stdin: Path | None
    ) -> tuple[int, bytes, bytes]:
        with tempfile.NamedTemporaryFile() as log:
            return counted(
                [*PERF, "-o", log.name, *command], PERF_TOTAL, Path(log.name), folder, stdin
            )

    def _valgrind(
        self, command: list[str], folder: Path | None, stdin: Path | None
    ) -> tuple[int, bytes, bytes]:
        with tempfile.NamedTemporaryFile() as log:
            return counted(
                [*VALGRIND, f"--log-file={log.name}", *command],
                VALGRIND_TOTAL,
                Path(log.name),
                folder,
                stdin,
            )
