"""Measures each optional pass of the compiler: the suite with that pass left out."""

import re

import figures
from build import Builder, Unavailable
from columns import NATIVE, Column, native, ours, ours_both
from suite import ROOT, Program

PASS_ROW = re.compile(r'^PASS\(\w+, \w+, "([\w-]+)", Optional,', re.MULTILINE)
SHOWN = 4  # programs by name
MIN_CHANGE = 0.03  # less may be noise


def optional_passes() -> list[str]:
    return PASS_ROW.findall((ROOT / "compiler/codegen/passes/passes.def").read_text())


def without(name: str, simd: bool) -> Column:
    key = f"without-{name}{'-simd' if simd else ''}"
    column = ours(key, f"without {name}", simd, "--disable-pass", name)

    def prepare(builder: Builder, program: Program) -> list[str]:
        command = column.prepare(builder, program)
        usual = builder.ours(program, simd)
        if usual.read_bytes() == builder.ours(program, simd, ("--disable-pass", name)).read_bytes():
            raise Unavailable("changes nothing")
        return command

    return Column(key, column.title, prepare)


def columns() -> list[Column]:
    return [
        native(NATIVE, "native"),
        *ours_both("ours", "ours"),
        *(without(name, simd) for name in optional_passes() for simd in (False, True)),
    ]


def changes(results: dict, name: str, simd: bool) -> dict[str, float]:
    """Program -> time without the pass / with it; 1 where it changes nothing."""
    suffix = "-simd" if simd else ""
    found = {}
    for row in results["programs"]:
        times = row["times"]
        if f"ours{suffix}" in times:
            usual = times[f"ours{suffix}"]["seconds"]
            left_out = times.get(f"without-{name}{suffix}", {"seconds": usual})
            found[row["name"]] = left_out["seconds"] / usual
    return found


def table(results: dict) -> str:
    lines = [
        "| left out | time, scalar wasm | time, SIMD wasm | most affected (scalar) |",
        "|---|---|---|---|",
    ]
    for name in optional_passes():
        scalar, simd = changes(results, name, False), changes(results, name, True)
        affected = sorted(scalar.items(), key=lambda item: -abs(item[1] - 1))[:SHOWN]
        told = ", ".join(
            f"{program} {ratio:.2f}" for program, ratio in affected if abs(ratio - 1) >= MIN_CHANGE
        )
        lines.append(
            f"| `{name}` | {figures.geomean(scalar.values()):.3f} | "
            f"{figures.geomean(simd.values()):.3f} | {told} |"
        )
    return "\n".join(lines) + "\n"
