#!/usr/bin/env python3
"""Runs the suite: programs built natively, with this wasm2obj and with others, timed side by side.
`./dev bench` calls it; docs/performance.md explains the method."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

import compiling
import picture
import report
import without
from build import Builder, BuildError, Unavailable, why_no_wasm
from columns import NATIVE, ON_DEMAND, STANDARD, Column, ours_both
from kernels import KERNELS
from measure import Runner, RunError, Samples, add_places, rotations
from peers import PEERS
from real import REAL
from suite import ROOT, Program, digest

PROGRAMS = [*KERNELS, *REAL]
SKIPPED = 77  # to CTest


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Suite:
    """The programs and columns of this run, and the failures."""

    def __init__(self, builder: Builder, columns: list[Column], rounds: int):
        self.builder, self.columns, self.rounds = builder, columns, rounds
        self.is_measured = rounds > 0 and not builder.smoke
        self.runner = Runner(builder.folder)
        self.failures: list[str] = []

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> "Suite":
        builder = Builder(arguments.folder.resolve(), arguments.bin.resolve(), arguments.smoke)
        columns = without.columns() if arguments.without else choose_columns(arguments)
        rounds = 0 if arguments.only_build else 1 if arguments.smoke else arguments.rounds
        return cls(builder, columns, rounds)

    def run(self, programs: list[Program], arguments: argparse.Namespace) -> None:
        """Prints the table. The results are written to disk after each program."""
        with_compiling = self.is_measured and not (arguments.no_compiling or arguments.without)
        results = {
            "date": date.today().isoformat(),
            **report.machine(),
            "rounds": self.rounds,
            "columns": [
                {"key": column.key, "title": column.title, "is_peer": column.is_peer}
                for column in self.columns
            ],
            "programs": [],
            "failures": self.failures,
        }
        file = self.builder.folder / ("without.json" if arguments.without else "results.json")
        for program in programs:
            results["programs"].append(self.row(program, with_compiling))
            if self.is_measured:
                file.write_text(json.dumps(results, indent=1))
        if self.is_measured:
            print(without.table(results) if arguments.without else report.table(results))

    def prepare(self, program: Program, column: Column) -> list[str] | None:
        try:
            return column.prepare(self.builder, program)
        except Unavailable as reason:
            say(f"    {column.key}: {reason}")
        except BuildError as error:
            self.fail(program, column, error)
        return None

    def fail(self, program: Program, column: Column, error: Exception) -> None:
        text = f"{program.name}, {column.key}: {error}"
        say(f"    FAILED {text}")
        if not column.is_peer:
            self.failures.append(text)

    def measure(self, program: Program) -> dict[str, Samples]:
        """Runs the columns interleaved, so that a disturbance affects all of them."""
        by_key = {column.key: column for column in self.columns}
        commands = {key: self.prepare(program, column) for key, column in by_key.items()}
        commands = {key: command for key, command in commands.items() if command}
        samples = {key: Samples() for key in commands} if self.rounds else {}
        smoke_output = None  # the first column's; there is no expectation for small sizes
        for order in rotations(commands, self.rounds):
            for key in order:
                if key not in samples:
                    continue
                try:
                    run = self.runner.run_program(program, commands[key])
                    smoke_output = smoke_output or run.output
                    right = (
                        run.output == smoke_output
                        if self.builder.smoke
                        else program.accepts(run.output)
                    )
                    if not right:
                        raise RunError(f"wrong output: {run.output[:200]!r}, {digest(run.output)}")
                    samples[key].add(run)
                except RunError as error:
                    self.fail(program, by_key[key], error)
                    del samples[key]
        return samples

    def row(self, program: Program, with_compiling: bool) -> dict:
        say(f"--- {program.name}")
        row = {"name": program.name, "group": program.group, "times": {}}
        try:
            program = program.prepared(self.builder.folder)
            samples = self.measure(program)
            row["times"] = {
                key: {
                    "seconds": taken.minimum,
                    "median": taken.median,
                    "spread": taken.spread,
                    "peak_kib": taken.peak_kib,
                }
                for key, taken in samples.items()
            }
            if with_compiling and NATIVE in samples and "ours" in samples:
                row["compiling"] = compiling.figures(self.builder, self.runner, program)
        except (BuildError, RunError) as error:
            self.failures.append(f"{program.name}: {error}")
            say(f"    FAILED {self.failures[-1]}")
        say("    " + (report.brief(row) if self.is_measured else "done"))
        return row


def choose_columns(arguments: argparse.Namespace) -> list[Column]:
    columns = list(STANDARD)
    for spec in arguments.also:
        name, _, folder = spec.partition("=")
        columns += ours_both(name, name, binaries=Path(folder).resolve())
    if arguments.peers:
        columns += PEERS
    if arguments.columns:
        columns += ON_DEMAND
        wanted = {NATIVE, *arguments.columns.split(",")}
        unknown = wanted - {column.key for column in columns}
        if unknown:
            sys.exit(f"bench: no column {', '.join(sorted(unknown))}")
        columns = [column for column in columns if column.key in wanted]
    return columns


def choose_programs(arguments: argparse.Namespace) -> list[Program]:
    known = {program.name: program for program in PROGRAMS}
    unknown = set(arguments.names) - known.keys()
    if unknown:
        sys.exit(f"bench: no program {', '.join(sorted(unknown))}")
    chosen = [known[name] for name in arguments.names] or PROGRAMS
    return [program for program in chosen if arguments.group in (None, program.group)]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="programs to run; default: all")
    parser.add_argument("--group", choices=["kernel", "real"], help="run only these")
    parser.add_argument("--peers", action="store_true", help="measure other engines too")
    parser.add_argument("--columns", metavar="KEY,...", help="measure only these, and native")
    parser.add_argument(
        "--also",
        metavar="NAME=DIR",
        action="append",
        default=[],
        help="another build's executables, as columns NAME and NAME-simd",
    )
    parser.add_argument(
        "--without", action="store_true", help="instead measure what each optional pass is worth"
    )
    parser.add_argument(
        "-n", "--rounds", type=int, default=5, help="runs of each program and column"
    )
    parser.add_argument(
        "--smoke",
        action="store_true",
        help="small sizes, one round, no figures: only whether all agree",
    )
    parser.add_argument(
        "--no-compiling", action="store_true", help="measure neither compile time nor size"
    )
    parser.add_argument(
        "--only-build", action="store_true", help="run nothing; build what would be run"
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="run nothing; write the last results into docs/benchmark.md and .svg",
    )
    add_places(parser, ROOT / "build/bench")
    return parser.parse_args()


def publish(folder: Path) -> None:
    results = json.loads((folder / "results.json").read_text())
    left_out = folder / "without.json"
    passes = without.table(json.loads(left_out.read_text())) if left_out.exists() else ""
    (ROOT / "docs/benchmark.md").write_text(report.document(results, passes))
    (ROOT / "docs/benchmark.svg").write_text(picture.draw(results))


def main() -> int:
    arguments = parse_arguments()
    if arguments.smoke and (reason := why_no_wasm()):
        say(f"Skipped, for C cannot be compiled to WebAssembly here: {reason}")
        return SKIPPED
    if arguments.publish:
        publish(arguments.folder)
        return 0
    suite = Suite.of(arguments)
    suite.run(choose_programs(arguments), arguments)
    for failure in suite.failures:
        say(f"FAILED {failure}")
    return 1 if suite.failures else 0


if __name__ == "__main__":
    sys.exit(main())
