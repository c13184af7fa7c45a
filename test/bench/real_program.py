"""Rows of the suite for real programs: a driver of ours and sources of Debian's packages."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from build import BuildError
from debian_sources import DebianSources
from suite import HERE, Program

DRIVERS = HERE / "real"
# The header and the source for programs that use setjmp, in WebAssembly.
JUMPS = DRIVERS / "wasm"
JUMP_FLAGS = (
    "-I",
    str(JUMPS),
    "-mexception-handling",
    "-mllvm",
    "-wasm-enable-sjlj",
    "-mllvm",
    "-wasm-use-legacy-eh=false",
)


@dataclass(frozen=True)
class RealProgram(Program):
    """Paths begin with the name of a package."""

    packages: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()  # of the shell, that make sources in the first package's folder
    patterns: tuple[str, ...] = ()  # of source files
    without: tuple[str, ...] = ()  # patterns of source files to leave out
    includes: tuple[str, ...] = ()  # folders
    # Headers that the package's own configuration would have made: name to text, or to the path of
    # a file that is copied.
    headers: Mapping[str, str] = field(default_factory=dict)
    jumps: bool = False  # whether it uses setjmp

    def prepared(self, folder: Path) -> Program:
        debian = DebianSources(folder)
        for package in self.packages:
            debian.unpacked(package, self.commands if package == self.packages[0] else ())
        made = self._make_headers(folder / "headers" / self.name, debian.folder)
        includes = [made, *(debian.folder / name for name in self.includes)]
        flags = [
            word for include in includes for word in ("-I", str(include), f"--embed-dir={include}")
        ]
        prepared = dataclasses.replace(
            self, sources=(*self.sources, *self._chosen(debian.folder)), flags=(*self.flags, *flags)
        )
        return prepared.with_jumps() if self.jumps else prepared

    def with_jumps(self) -> "RealProgram":
        return dataclasses.replace(
            self,
            sources=(*self.sources, JUMPS / "setjmp.c"),
            wasm_flags=(*self.wasm_flags, *JUMP_FLAGS),
        )

    def _chosen(self, root: Path) -> list[Path]:
        left_out = {file for pattern in self.without for file in root.glob(pattern)}
        found = []
        for pattern in self.patterns:
            files = sorted(set(root.glob(pattern)) - left_out)
            if not files:
                raise BuildError(f"{self.name}: no {pattern} in {root}")
            found += files
        return found

    def _make_headers(self, folder: Path, root: Path) -> Path:
        for name, text in self.headers.items():
            source = root / text if "\n" not in text and "/" in text else None
            wanted = source.read_text() if source else text
            header = folder / name
            if not header.exists() or header.read_text() != wanted:
                header.parent.mkdir(parents=True, exist_ok=True)
                header.write_text(wanted)
        return folder


def defines(**values: object) -> str:
    """The text of a header."""
    return "".join(f"#define {name} {value}\n" for name, value in values.items())


def real(
    name: str,
    expected: str,
    packages: str,
    patterns: tuple[str, ...],
    *flags: str,
    driver: str = "",
    **more: object,
) -> RealProgram:
    return RealProgram(
        name=name,
        group="real",
        expected=expected,
        packages=tuple(packages.split()),
        sources=(DRIVERS / (driver or f"{name}.c"),),
        patterns=patterns,
        flags=("-ffunction-sections", *flags),
        libraries=("-lm", "-Wl,--gc-sections"),
        wasm_flags=("-D_WASI_EMULATED_SIGNAL", "-D_WASI_EMULATED_PROCESS_CLOCKS"),
        wasm_libraries=("-lwasi-emulated-signal", "-lwasi-emulated-process-clocks"),
        **more,
    )
