#!/usr/bin/env python3
"""vector_code.py --listings DIR BIN_DIR: how many instructions each vector instruction becomes,
beside what clang -O2 makes of the same operation in C. Prints the table of docs/performance.md.

Each instruction is alone in a function. Of that is counted everything but the return and, in ours,
the loads from the context. The C is SIMDe's implementation of the WebAssembly intrinsics, in terms
of the target's; vector_code.h has what it lacks or gets wrong.
"""

import argparse
import math
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import assembly  # noqa: E402
import opcodes  # noqa: E402

CLANG = "clang-22"
# Column -> options of wasm2obj and of clang.
TARGETS = {
    "x86-64": (
        ["--target=x86_64-linux-gnu", "--cpu=x86-64"],
        ["--target=x86_64-linux-gnu", "-march=x86-64"],
    ),
    "v2": (
        ["--target=x86_64-linux-gnu", "--cpu=x86-64-v2"],
        ["--target=x86_64-linux-gnu", "-march=x86-64-v2"],
    ),
    "v3": (
        ["--target=x86_64-linux-gnu", "--cpu=x86-64-v3"],
        ["--target=x86_64-linux-gnu", "-march=x86-64-v3"],
    ),
    "AArch64": (["--target=aarch64-linux-gnu"], ["--target=aarch64-linux-gnu"]),
}
CALLS = ("call", "callq", "bl")
BRANCH = re.compile(r"j\w+|b(\.\w+)?|[ct]bn?z")
SHUFFLES = {
    "any": [3, 18, 7, 29, 0, 16, 11, 12, 25, 4, 31, 9, 14, 22, 1, 26],
    "any of one": [3, 2, 7, 13, 0, 0, 11, 12, 9, 4, 15, 9, 14, 6, 1, 10],
    "interleave": [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23],
    "every other byte": [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30],
    "shift in": [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
    "reverse": list(range(15, -1, -1)),
    "of 32 bits": [8, 9, 10, 11, 0, 1, 2, 3, 12, 13, 14, 15, 4, 5, 6, 7],
    "blend": [0, 17, 2, 19, 4, 21, 6, 23, 8, 25, 10, 27, 12, 29, 14, 31],
}
C_TYPES = {"i32": "int", "i64": "long", "f32": "float", "f64": "double", "v128": "simde_v128_t"}


class Case:
    """One function of both languages."""

    def __init__(self, op, variant="", lanes=()):
        self.op, self.lanes = op, [str(lane) for lane in lanes]
        self.name = op.text + (f" ({variant})" if variant else "")
        self.symbol = re.sub(r"\W+", "_", self.name).strip("_")

    def wat(self):
        parameters = " ".join(self.op.operand_types)
        result = f" (result {self.op.result_type})" if self.op.results else ""
        operands = [f"(local.get {i})" for i in range(len(self.op.operands))]
        return (
            f'(func ${self.symbol} (export "{self.symbol}") (param {parameters}){result} '
            f"{self.op.expression(operands, ' '.join(self.lanes))})"
        )

    def c(self):
        parameters, arguments = [], []
        for i, (letter, kind) in enumerate(zip(self.op.operands, self.op.operand_types)):
            if letter == "a":
                parameters += ["unsigned index", "char* memory"]
                arguments.append("memory + index")
            else:
                parameters.append(f"{C_TYPES[kind]} p{i}")
                arguments.append(f"p{i}")
        if self.op.immediate == "lane":
            arguments.insert(1, opcodes.LANE)
        elif self.op.immediate == "memLane":
            arguments.append(opcodes.LANE)
        elif self.op.immediate == "v128Const":
            arguments = ["1", "2", "3", "4"]
        arguments += self.lanes
        result = C_TYPES[self.op.result_type] if self.op.results else "void"
        returns = "return " if self.op.results else ""
        return (
            f"{result} {self.symbol}({', '.join(parameters)}) "
            f"{{ {returns}{intrinsic(self.op)}({', '.join(arguments)}); }}"
        )


def cases():
    found = []
    for op in opcodes.vector_opcodes():
        if op.immediate == "shuffleLanes":
            found += [Case(op, variant, lanes) for variant, lanes in SHUFFLES.items()]
        else:
            found.append(Case(op))
    return found


def intrinsic(op):
    """The C name, in which the type has the signedness."""
    if op.immediate == "v128Const":
        return "simde_wasm_i32x4_make"
    name = op.text.replace(".", "_")
    if extending := re.fullmatch(r"v128_load(\d+)x(\d+)_([su])", name):
        bits, count, sign = extending.groups()
        name = f"i{2 * int(bits)}x{count}_load{bits}x{count}_{sign}"
    unsigned = re.search(r"_u(_zero)?$", name) is not None
    name = re.sub(r"_[su](?=$|_zero$)", "", name)
    if unsigned:  # of a conversion the integer side; but what is narrowed is signed
        name = re.sub(r"(?:^|(?<=_))i(?=\d)", "u", name, count=1 if "narrow" in name else 0)
    return ("" if "relaxed" in name else "simde_") + "wasm_" + name


def run(command, text):
    done = subprocess.run(command, input=text, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr[:3000]}")
    return done.stdout


def compile_ours(bin_dir, options, listed, folder):
    module = folder / "vector_code.wat"
    module.write_text("(module (memory 1)\n" + "\n".join(case.wat() for case in listed) + ")\n")
    return run([bin_dir / "wasm2obj", "-O2", *options, "--emit=asm", module, "-o", "-"], None)


def compile_theirs(options, listed):
    source = '#include "vector_code.h"\n' + "\n".join(case.c() for case in listed)
    return run([CLANG, "-O2", *options, "-w", "-I", HERE, "-x", "c", "-S", "-", "-o", "-"], source)


def count(body):
    """A number, unless the listing does not show how many are executed."""
    if any(step.mnemonic in CALLS for step in body):
        return "call"
    return "branches" if any(BRANCH.fullmatch(step.mnemonic) for step in body) else len(body)


@dataclass(frozen=True)
class Cost:
    """What an operation costs on one target, in instructions."""

    ours: int | str
    theirs: int | str

    @property
    def is_comparable(self):
        return isinstance(self.ours, int) and isinstance(self.theirs, int)

    def __str__(self):
        return f"{self.ours}" if self.ours == self.theirs else f"{self.ours} ({self.theirs})"


def measure(bin_dir, listings):
    """Case -> column -> Cost."""
    listed = cases()
    costs = {case: {} for case in listed}
    for column, (our_options, their_options) in TARGETS.items():
        ours = compile_ours(bin_dir, our_options, listed, listings)
        theirs = compile_theirs(their_options, listed)
        for whose, text in (("ours", ours), ("clang", theirs)):
            (listings / f"{column}-{whose}.s").write_text(text, encoding="utf-8")
        our_bodies, their_bodies = assembly.bodies(ours), assembly.bodies(theirs, prefix="")
        for case in listed:
            costs[case][column] = Cost(
                count(our_bodies[case.symbol]), count(their_bodies[case.symbol])
            )
    return costs


def merge_rows(costs):
    """(names, cells): a row for those of one section of the table that cost the same everywhere."""
    shapes = {}  # (section, cells, operation) -> shapes
    for case, by_target in costs.items():
        shape, _, operation = case.name.partition(".")
        # Nor does it matter what it converts from, if that follows from the shape.
        operation = re.sub(r"_[iuf]\d+x\d+(?=_|$)", "", operation)
        key = case.op.section, tuple(map(str, by_target.values())), operation
        shapes.setdefault(key, []).append(shape)
    merged = {}  # (section, cells) -> shapes -> operations
    for (section, cells, operation), of in shapes.items():
        row = merged.setdefault((section, cells), {})
        row.setdefault(" ".join(of), []).append(operation)
    return [
        ("; ".join(f"{of} {', '.join(operations)}" for of, operations in row.items()), cells)
        for (_, cells), row in merged.items()
    ]


def summary(costs):
    """For each target: the ratio's geometric mean, and how many are fewer, as many, more."""
    lines = []
    for column in TARGETS:
        both = [
            (by_target[column].ours, by_target[column].theirs)
            for by_target in costs.values()
            if by_target[column].is_comparable
        ]
        mean = math.exp(sum(math.log(ours / theirs) for ours, theirs in both) / len(both))
        fewer = sum(ours < theirs for ours, theirs in both)
        more = sum(ours > theirs for ours, theirs in both)
        lines.append((column, f"{mean:.2f}", fewer, len(both) - fewer - more, more))
    return lines


def print_table(header, lines):
    print("| " + " | ".join(header) + " |")
    print("|---" * len(header) + "|")
    for line in lines:
        print("| " + " | ".join(map(str, line)) + " |")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--listings", type=Path, required=True, help="where to leave the assembly")
    parser.add_argument("bin_dir", type=Path)
    options = parser.parse_args()
    options.listings.mkdir(parents=True, exist_ok=True)
    costs = measure(options.bin_dir, options.listings)
    print_table(
        ["target", "ours / clang's, geometric mean", "fewer", "as many", "more"], summary(costs)
    )
    print()
    print_table(["operation", *TARGETS], [(names, *cells) for names, cells in merge_rows(costs)])


if __name__ == "__main__":
    main()
