#!/usr/bin/env python3
"""Times programs with threads in WebAssembly beside the same C with pthreads, and programs with one
thread that are compiled for shared memory beside the same without it. `./dev bench threads` calls
it, docs/threads.md has results."""

import argparse
import math
import subprocess
import sys
from pathlib import Path

from build import CLANG, WASM, Builder, make
from kernels import KERNELS
from measure import SECONDS, add_places, rotations
from suite import HERE, ROOT

FOLDER = HERE / "threads"
PROGRAMS = {
    "uncontended": "a lock that nobody else takes",
    "contended": "a lock that all threads take",
    "sum": "parallel sum",
    "compress": "parallel compressor",
    "noise": "the same, of bytes that do not repeat",
}
ATOMICS = ("-matomics", "-mbulk-memory")
# The C library was not compiled for threads: only the main thread uses it.
SHARED = ("-Wl,--shared-memory,--max-memory=1073741824,--no-check-features",)
THREADS = ("-Wl,--import-memory,--export-memory,--export=__wasm_init_tls", *SHARED)


def seconds(command: list) -> tuple[float, bytes]:
    """The time that a program prints, and its output."""
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True)
    return float(SECONDS.search(done.stderr)[1]), done.stdout


def compare(columns: dict[str, list], rounds: int) -> dict[str, float]:
    """The shortest time of each column's command. All must print the same."""
    best = {key: math.inf for key in columns}
    outputs = set()
    for order in rotations(columns, rounds):
        for key in order:
            taken, output = seconds(columns[key])
            best[key] = min(best[key], taken)
            outputs.add(output)
    if len(outputs) != 1:
        sys.exit(f"bench: the programs print different results: {outputs}")
    return best


def compiled(builder: Builder, module: Path) -> list:
    """The command that runs a module."""
    artifact = module.with_suffix(".so")
    compiler = builder.binaries / "wasm2obj"
    make(artifact, [compiler, "-O3", module, "-o", artifact], [module, compiler])
    return [builder.binaries / "wasmrun", artifact]


def bench_threads(builder: Builder, threads: int, rounds: int) -> None:
    folder = builder.folder / "threads"
    native, module = folder / "native", folder / "guest.wasm"
    sources = [FOLDER / "programs.c", FOLDER / "start.S"]
    inputs = [*sources, FOLDER / "thread.h"]
    make(
        native,
        [CLANG, "-O3", "-march=native", "-pthread", "-I", ROOT, sources[0], "-o", native],
        inputs,
    )
    flags = ["-O3", "-I", ROOT, *ATOMICS, "-mthread-model", "posix"]
    make(module, [CLANG, *WASM, *flags, *sources, *THREADS, "-o", module], inputs)
    ours = compiled(builder, module)
    print(f"| {threads} threads | native | ours |", "|---|---|---|", sep="\n")
    for name, title in PROGRAMS.items():
        arguments = [name, str(threads)]
        best = compare({"native": [native, *arguments], "ours": [*ours, *arguments]}, rounds)
        print(f"| {title} | {best['native']:.3f} s | {best['ours'] / best['native']:.2f} |")


def bench_shared(builder: Builder, rounds: int) -> None:
    """Programs with one thread, whose memory is shared or not."""
    logarithms = []
    print("| one thread | unshared | shared |", "|---|---|---|", sep="\n")
    for program in KERNELS:
        plain = builder.wasm(program, simd=True)
        objects = sorted(plain.parent.glob("*.o"))
        shared = plain.with_name("shared.wasm")
        make(shared, [CLANG, *WASM, *objects, *SHARED, "-lm", "-o", shared], objects)
        columns = {"unshared": compiled(builder, plain), "shared": compiled(builder, shared)}
        best = compare(columns, rounds)
        ratio = best["shared"] / best["unshared"]
        logarithms.append(math.log(ratio))
        print(f"| {program.name} | {best['unshared']:.3f} s | {ratio:.2f} |", flush=True)
    print(f"| geometric mean | | {math.exp(math.fsum(logarithms) / len(logarithms)):.3f} |")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench threads", description=__doc__)
    parser.add_argument("--shared", action="store_true", help="the programs with one thread")
    parser.add_argument("--threads", type=int, default=2, help="their number; default: 2")
    parser.add_argument("-n", "--rounds", type=int, default=5, help="runs of each program")
    add_places(parser, ROOT / "build/bench")
    arguments = parser.parse_args()
    builder = Builder(arguments.folder.resolve(), arguments.bin.resolve())
    if arguments.shared:
        bench_shared(builder, arguments.rounds)
    else:
        bench_threads(builder, arguments.threads, arguments.rounds)


if __name__ == "__main__":
    main()
