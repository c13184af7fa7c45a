#!/usr/bin/env python3
"""Measures each optional pass of the compiler on programs that it was not made for:
instructions and time of each program with all passes, without each, and without any. `./dev bench
others` calls it."""

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import others_report
import report
from build import BuildError
from counting import Counter
from measure import SECONDS, Runner, RunError, add_places, rotations
from others_rows import ROWS, Other
from packages import Packages
from suite import ROOT, digest
from without import optional_passes

ALL = "all"  # all passes left out, beside their names
USUAL = ""  # none left out
SEVERAL = "several"
OFTEN = 3  # a pass that changes one of so many programs is one that often changes something
STEPS = ("compile", "count", "time")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def observed(output: bytes, errors: bytes) -> str:
    """The output of a program, without the times that bench.c prints."""
    return digest(output + SECONDS.sub(b"", errors))


@dataclass(frozen=True)
class Program:
    """A row with its files in place."""

    row: Other
    module: Path
    folder: Path | None  # its current directory
    stdin: Path | None


class Others:
    def __init__(self, arguments: argparse.Namespace):
        self.arguments = arguments
        self.folder = arguments.folder.resolve()
        self.binaries = arguments.bin.resolve()
        self.packages = Packages(self.folder / "packages")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.runner, self.counter = Runner(self.folder), Counter()
        self.passes = optional_passes()

    def prepared(self, row: Other) -> Program:
        folder = self.folder / "programs" / row.name
        module = row.module.make(self.packages, folder)
        for entry in row.files:
            name, _, source = entry.partition("=")
            file = folder / "files" / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(self.packages.file(source).read_bytes())
        return Program(
            row,
            module,
            folder / "files" if row.files else None,
            self.packages.file(row.stdin) if row.stdin else None,
        )

    def artifact(self, program: Program, left_out: str) -> Path:
        name = f"without-{left_out}" if left_out else "usual"
        return program.module.with_name(f"{name}.so")

    def compile(self, program: Program, name: str, left_out: list[str]) -> float:
        """Returns the seconds of processor time."""
        options = [word for each in left_out for word in ("--disable-pass", each)]
        return self.runner.run(
            [
                str(self.binaries / "wasm2obj"),
                str(program.module),
                "-j1",
                f"--cpu={self.arguments.cpu}",
                *options,
                "-o",
                str(self.artifact(program, name)),
            ]
        ).cpu_seconds

    def changes(self, program: Program, name: str) -> bool:
        """Whether the artifact differs from the usual one; otherwise it is deleted."""
        artifact = self.artifact(program, name)
        if artifact.read_bytes() != self.artifact(program, USUAL).read_bytes():
            return True
        artifact.unlink()
        return False

    def compile_all(self, program: Program, result: dict) -> None:
        """Interleaved."""
        choices = {USUAL: [], **{name: [name] for name in self.passes}, ALL: self.passes}
        samples: dict[str, list[float]] = {name: [] for name in choices}
        for order in rotations(choices, self.arguments.compile_rounds):
            for name in order:
                samples[name].append(self.compile(program, name, choices[name]))
        result["compiling"] = samples
        result["changed"] = [name for name in (*self.passes, ALL) if self.changes(program, name)]

    def changing(self, program: Program, passes: list[str]) -> list[str]:
        """Those of the passes that change the artifact. Where leaving out several changes nothing,
        none of them is tried alone."""
        name = passes[0] if len(passes) == 1 else SEVERAL
        self.compile(program, name, passes)
        if not self.changes(program, name):
            return []
        if len(passes) == 1:
            return passes
        middle = len(passes) // 2
        return self.changing(program, passes[:middle]) + self.changing(program, passes[middle:])

    def compile_few(self, program: Program, result: dict) -> None:
        """Compiles less often than compile_all, and records no times."""
        self.compile(program, USUAL, [])
        found = results(self.folder)
        counts = {name: sum(name in each["changed"] for each in found) for name in self.passes}
        often = [name for name in self.passes if counts[name] * OFTEN >= len(found)]
        rest = [name for name in self.passes if name not in often]
        changed = {each for name in often for each in self.changing(program, [name])}
        changed |= set(self.changing(program, rest) if rest else [])
        result["changed"] = [name for name in self.passes if name in changed]
        if changed:
            self.compile(program, ALL, self.passes)
            result["changed"].append(ALL)

    def command(self, program: Program, left_out: str) -> list[str]:
        row = program.row
        return [
            str(self.binaries / "wasmrun"),
            *(["--dir", ".::."] if program.folder else []),
            *(["--invoke", row.invoke] if row.invoke else []),
            str(self.artifact(program, left_out)),
            *row.arguments,
        ]

    def check(self, program: Program, result: dict, output: bytes, errors: bytes) -> None:
        """A row without expected output must print the same each time."""
        found = observed(output, errors)
        expected = program.row.expected or result.setdefault("output", found)
        if found != expected:
            raise RunError(f"it prints {output[:200]!r}, {found} instead of {expected}")

    def count(self, program: Program, result: dict) -> None:
        result["instructions"] = {}
        for left_out in (USUAL, *result["changed"]):
            count, *printed = self.counter.count(
                self.command(program, left_out), program.folder, program.stdin
            )
            self.check(program, result, *printed)
            result["instructions"][left_out] = count

    def time(self, program: Program, result: dict) -> None:
        """Interleaved, and the fastest run of each counts."""
        samples: dict[str, list[float]] = {left_out: [] for left_out in (USUAL, *result["changed"])}
        for order in rotations(samples, self.arguments.rounds):
            for left_out in order:
                run = self.runner.run(
                    self.command(program, left_out), program.folder, program.stdin
                )
                self.check(program, result, run.output, run.errors)
                samples[left_out].append(run.cpu_seconds)
        result["samples"] = samples

    def measure(self, row: Other) -> None:
        """Updates the row's results on disk, as far as they are of the same module."""
        say(f"--- {row.name}")
        program = self.prepared(row)
        file = self.folder / "results" / f"{row.name}.json"
        result = json.loads(file.read_text()) if file.exists() else {}
        contents = hashlib.sha256(program.module.read_bytes()).hexdigest()
        if "compile" in self.arguments.steps:
            result = {"name": row.name, "module": contents}
            if self.arguments.compile_rounds:
                self.compile_all(program, result)
            else:
                self.compile_few(program, result)
        elif result.get("module") != contents:
            raise RunError("it is not the module that was compiled")
        if "count" in self.arguments.steps:
            self.count(program, result)
        if "time" in self.arguments.steps:
            self.time(program, result)
        result |= {
            "kind": row.kind,
            "source": row.source,
            "size": program.module.stat().st_size,
            "counter": self.counter.name,
            "target": self.arguments.cpu,
            "date": date.today().isoformat(),
            **report.machine(),
        }
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(result, indent=1))
        say("    " + others_report.brief(result))


def results(folder: Path) -> list[dict]:
    """In the order of the rows."""
    files = (folder / "results" / f"{row.name}.json" for row in ROWS)
    found = [json.loads(file.read_text()) for file in files if file.exists()]
    return [result for result in found if "instructions" in result]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench others", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="programs to measure; default: all"
    )
    parser.add_argument("-n", "--rounds", type=int, default=7, help="timed runs of each artifact")
    parser.add_argument(
        "--compile-rounds",
        type=int,
        default=1,
        help="timed runs of the compiler for each artifact; with 0 it is run less "
        "often, and its time is not told",
    )
    parser.add_argument(
        "--steps",
        type=lambda words: words.split(","),
        default=STEPS,
        help="compile, count, time: some of them, of what was compiled before",
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="run nothing; write the last results into docs/passes-results.md",
    )
    parser.add_argument("--cpu", default="x86-64-v3", help="to compile for; default: x86-64-v3")
    add_places(parser, ROOT / "build/bench/others")
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    if arguments.publish:
        document = others_report.document(results(arguments.folder), optional_passes())
        (ROOT / "docs/passes-results.md").write_text(document)
        return 0
    known = {row.name: row for row in ROWS}
    if unknown := set(arguments.names) - known.keys():
        sys.exit(f"bench others: no program {', '.join(sorted(unknown))}")
    others, failures = Others(arguments), []
    for name in arguments.names or known:
        try:
            others.measure(known[name])
        except (BuildError, RunError) as error:
            failures.append(f"{name}: {error}")
            say(f"    FAILED {error}")
    print(others_report.table(results(arguments.folder), optional_passes()))
    for failure in failures:
        say(f"FAILED {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
