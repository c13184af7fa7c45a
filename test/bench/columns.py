"""The columns of the table: the ways to build and run each program."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from build import Builder
from suite import Program


@dataclass(frozen=True)
class Column:
    """`prepare` builds what is needed and returns the command to run it; it raises
    build.Unavailable if it cannot be built here."""

    key: str  # in JSON and on the command line
    title: str
    prepare: Callable[[Builder, Program], list[str]]
    is_peer: bool = False  # its failures are printed, but do not fail the suite


NATIVE = "native"  # the others are multiples of it
MARCH = "march"


def native(key: str, title: str, *flags: str) -> Column:
    def prepare(builder: Builder, program: Program) -> list[str]:
        return [str(builder.native(program, key, flags)), *program.arguments]

    return Column(key, title, prepare)


def musl() -> Column:
    def prepare(builder: Builder, program: Program) -> list[str]:
        return [str(builder.musl(program)), *program.arguments]

    return Column("musl", "native, musl", prepare)


def ours(key: str, title: str, simd: bool, *options: str, binaries: Path | None = None) -> Column:
    """`binaries`: of another build than the measured one."""

    def prepare(builder: Builder, program: Program) -> list[str]:
        chosen = builder.with_binaries(key, binaries) if binaries else builder
        artifact = chosen.ours(program, simd, options)
        folders = ["--dir", ".::."] if program.folder else []
        return [str(chosen.binaries / "wasmrun"), *folders, str(artifact), *program.arguments]

    return Column(key, title, prepare)


def ours_both(key: str, title: str, *options: str, binaries: Path | None = None) -> list[Column]:
    return [
        ours(key, title, False, *options, binaries=binaries),
        ours(f"{key}-simd", f"{title}, SIMD", True, *options, binaries=binaries),
    ]


STANDARD = [
    native(NATIVE, "native"),
    native(MARCH, "native, -march=native", "-march=native"),
    musl(),
    *ours_both("ours", "ours"),
    *ours_both("ours-x86-64", "ours for x86-64", "--cpu=x86-64"),
    *ours_both("ours-v3", "ours for x86-64-v3", "--cpu=x86-64-v3"),
]
# Measured only where --columns names them.
ON_DEMAND = ours_both("fuel", "counting fuel", "--count-fuel")
