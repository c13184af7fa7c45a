"""The programs of the suite: sources and expected output."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Program:
    """One row."""

    name: str
    group: str  # "kernel" or "real"
    sources: tuple[Path, ...]
    expected: str  # its output, or "sha256:" and the first 16 digits of the hash of its output
    flags: tuple[str, ...] = ()  # for every compiler
    native_flags: tuple[str, ...] = ()
    wasm_flags: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ("-lm",)
    wasm_libraries: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    whole: bool = False  # it does not use bench.h: its whole main() is timed
    folder: Path | None = None  # its current directory, if it reads files; the guest's "."
    stdin: Path | None = None
    smoke_flags: tuple[str, ...] = field(default=())  # make it small enough for a test

    @property
    def is_cxx(self) -> bool:
        return any(source.suffix in (".cc", ".cpp", ".cxx") for source in self.sources)

    def prepared(self, folder: Path) -> "Program":
        """The row with all of its files in place; what must be fetched comes into `folder`."""
        return self

    def accepts(self, output: bytes) -> bool:
        return self.expected in (output.decode(errors="replace").strip(), digest(output))


def digest(output: bytes) -> str:
    return "sha256:" + hashlib.sha256(output).hexdigest()[:16]
