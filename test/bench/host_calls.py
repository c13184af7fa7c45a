#!/usr/bin/env python3
"""Times calls of the operating system: of a C program natively, the same in WebAssembly, run by
wasmrun and by other engines. `./dev bench host-calls` calls it, docs/performance.md has results."""

import argparse
import math
import shutil
import subprocess
import sys
from pathlib import Path

from build import CLANG, WASM, Builder, BuildError, Unavailable, make
from measure import add_places, rotations
from peers import node, wasmtime
from suite import HERE, ROOT, Program

SOURCE = HERE / "host_calls.c"
# The tests of host_calls.c, and the name of one call.
TESTS = {
    "write": "write of 1 byte",
    "read": "read of 64 KiB",
    "open": "open and close",
    "stat": "stat",
    "stat-near": "stat of one name in the granted directory",
    "stat-missing": "stat of what is not there",
    "walk": "file of a tree, found and asked for",
    "readdir": "entry of readdir",
    "seek": "lseek that goes nowhere",
}
ENTRIES = 100_000
DIRECTORIES, FILES = 500, 20  # of the tree, three deep
LARGE = 8 << 20  # bytes
TIMEOUT = 60  # seconds; wasmtime reads a large directory in quadratic time


def make_files(folder: Path) -> None:
    """Creates the files for host_calls.c: `many` with ENTRIES empty files, 000000 and on, `tree`,
    and `large`, which is created last."""
    many = folder / "many"
    if (folder / "large").exists() and (folder / "tree").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    many.mkdir(parents=True)
    for number in range(ENTRIES):
        (many / f"{number:06}").touch()
    for number in range(DIRECTORIES):
        directory = folder / "tree" / f"{number % 10}" / f"{number}"
        directory.mkdir(parents=True)
        for name in range(FILES):
            (directory / f"file{name}").touch()
    (folder / "large").write_bytes(bytes(LARGE))


def commands(builder: Builder, with_peers: bool) -> dict[str, list[str]]:
    """By column: the command, without the name of the test."""
    folder = builder.folder / "host-calls"
    native, module, artifact = folder / "native", folder / "guest.wasm", folder / "guest.so"
    make(native, [CLANG, "-O2", SOURCE, "-o", native], [SOURCE])
    make(module, [CLANG, *WASM, "-O2", SOURCE, "-o", module], [SOURCE])
    compiler = builder.binaries / "wasm2obj"
    make(artifact, [compiler, module, "-o", artifact], [module, compiler])
    result = {
        "native": [str(native)],
        "ours": [str(builder.binaries / "wasmrun"), "--dir", ".", str(artifact)],
    }
    program = Program("host_calls", "host", (SOURCE,), "")
    for engine in (node, wasmtime) if with_peers else ():
        try:
            result[engine.__name__] = engine(builder, program, module)
        except (Unavailable, BuildError) as reason:
            print(f"{engine.__name__}: {reason}", file=sys.stderr)
    return result


def nanoseconds(command: list[str], test: str, folder: Path) -> float:
    """The time of one call; infinity after a timeout."""
    try:
        done = subprocess.run(
            [*command, test, "files"],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return math.inf
    count, total = done.stdout.split()
    return int(total) / int(count)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench host-calls", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(TESTS)}; default: all"
    )
    parser.add_argument("--peers", action="store_true", help="measure other engines too")
    parser.add_argument("-n", "--rounds", type=int, default=5, help="runs of each test and column")
    add_places(parser, ROOT / "build/bench")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - TESTS.keys():
        sys.exit(f"bench: no test {', '.join(sorted(unknown))}")
    builder = Builder(arguments.folder.resolve(), arguments.bin.resolve())
    columns = commands(builder, arguments.peers)
    folder = builder.folder / "host-calls"
    make_files(folder / "files")
    print(f"| one | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|", sep="\n")
    for test in arguments.names or TESTS:
        best = {key: math.inf for key in columns}
        hopeless = set()
        for order in rotations(columns, arguments.rounds):
            for key in [key for key in order if key not in hopeless]:
                taken = nanoseconds(columns[key], test, folder)
                best[key] = min(best[key], taken)
                if math.isinf(taken):
                    hopeless.add(key)
        cells = [
            f"{best[key]:.0f} ns"
            if key == "native"
            else f"over {TIMEOUT} s"
            if key in hopeless
            else f"{best[key] / best['native']:.2f}"
            for key in columns
        ]
        print(f"| {TESTS[test]} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
