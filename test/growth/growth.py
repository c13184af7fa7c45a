#!/usr/bin/env python3
"""Measures how time and memory of compilation grow with a module, for modules of many shapes.

    growth.py BIN [SHAPE...]          times each shape at three sizes, and fails if time or memory
                                      grows faster than the size, or exceeds a limit
    growth.py --check BIN [SHAPE...]  compiles each shape once under generous limits, and has the
                                      loader verify the artifact; fails if something is exponential
                                      or far from linear
    growth.py --write SHAPE KIB FILE  writes one module

BIN is the directory of the executables. Processor time is measured, on which other work on the
machine has little effect. The limits of --check are so high that they hold on any machine.
"""

import argparse
import math
import os
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import shapes_calls  # noqa: F401 (registers its shapes)
import shapes_code  # noqa: F401
import shapes_control  # noqa: F401
import shapes_module  # noqa: F401
import shapes_object  # noqa: F401
import shapes_reference  # noqa: F401
import shapes_vector  # noqa: F401
from encode import Module
from shape import SHAPES, of_size

KIB = 1024
SIZES = (8 * KIB, 32 * KIB, 128 * KIB)
MAX_EXPONENT = 1.25
MAX_SECONDS_PER_KIB = 0.05
MAX_KIB_PER_KIB = 50  # of memory, where a module has more code than LLVM works on at a time
# Differences to an empty module below these are noise.
LEAST_SECONDS = 0.25
LEAST_KIB = 64 * KIB
TIMED_LIMIT = 120  # processor seconds, after which a compilation is stopped

# A module with more code than one part (see module_plan.cpp) is compiled part by part, and the
# memory of a part is freed when it is done. So what such a module takes in addition grows only by
# what is kept of each part.
PARTS_SHAPE = "ordinary-functions"
PARTS_SIZES = (256 * KIB, 1024 * KIB)

CHECKED_SIZE = 64 * KIB
CHECKED_SECONDS = 30
CHECKED_MEMORY = 3 << 30  # address space of the compiler; the loader reserves more by design


@dataclass(frozen=True)
class Usage:
    seconds: float
    peak_kib: int
    status: int  # as returned by wait()

    @property
    def is_killed(self):
        return os.WIFSIGNALED(self.status)


def run(command, seconds, memory=None):
    """Runs a command under limits, without showing its output."""
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        os.execv(command[0], command)
    _, status, used = os.wait4(pid, 0)
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss, status)


class Programs:
    def __init__(self, folder):
        self.compiler = str(folder / "wasm2obj")
        self.loader = str(folder / "wasmrun")

    def compile(self, module, artifact, seconds, memory=None):
        return run([self.compiler, "-j1", module, "-o", artifact], seconds, memory)

    def validate(self, module, seconds, memory=None):
        return run([self.compiler, "validate", module], seconds, memory)

    def verify(self, artifact, seconds):
        """Has the loader verify an artifact. The function to call does not exist, or an import is
        missing, which the loader detects only after it has verified the artifact."""
        return run([self.loader, "--invoke", "no such function", artifact], seconds)


def empty_module():
    module = Module()
    module.function((), (), b"", export="f")
    return module.encode()


def exponent(small, large):
    """Returns the exponent of the growth between two pairs of size and measured value."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])


def measure(programs, content, folder):
    module, artifact = f"{folder}/a.wasm", f"{folder}/a.so"
    Path(module).write_bytes(content)
    return min(
        (programs.compile(module, artifact, TIMED_LIMIT) for _ in range(2)),
        key=lambda usage: usage.seconds,
    )


def growth_fault(what, points, least):
    """Returns a list of at most one fault. `points` are pairs of size and measured value; values
    below `least` are noise."""
    if points[-1][1] < least or len(points) < len(SIZES):
        return []
    grown = exponent((points[0][0], max(points[0][1], least / 16)), points[-1])
    return [f"{what} grows by n^{grown:.2f}"] if grown > MAX_EXPONENT else []


def judge(seconds, kib, last):
    """Returns the faults of a shape. `seconds` and `kib` are points, less what the empty module
    takes."""
    faults = ["failed"] if last.status != 0 else []
    faults += growth_fault("time", seconds, LEAST_SECONDS)
    faults += growth_fault("memory", kib, LEAST_KIB)
    size, taken = seconds[-1]
    if taken > size / KIB * MAX_SECONDS_PER_KIB + LEAST_SECONDS:
        faults.append(f"{taken / size * KIB * 1000:.0f} ms per KiB")
    return faults


def judge_parts(programs, folder):
    """Returns whether a module of several parts takes too much memory."""
    usages = []
    for size in PARTS_SIZES:
        content = of_size(SHAPES[PARTS_SHAPE], size)
        usages.append((len(content), measure(programs, content, folder).peak_kib))
    (small, before), (large, after) = usages
    slope = (after - before) / (large - small) * KIB
    sizes = f"from {small // KIB} to {large // KIB} KiB"
    print(f"{PARTS_SHAPE}, {sizes}: {slope:.0f} KiB of memory per KiB")
    return slope > MAX_KIB_PER_KIB


def time_shapes(programs, names):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        base = measure(programs, empty_module(), folder)
        print(f"{'an empty module':34} {base.seconds:8.3f} s {base.peak_kib // KIB:5} MiB")
        if PARTS_SHAPE in names and judge_parts(programs, folder):
            failed += 1
        for name in names:
            seconds, kib, shown = [], [], []
            for size in SIZES:
                content = of_size(SHAPES[name], size)
                usage = measure(programs, content, folder)
                seconds.append((len(content), max(usage.seconds - base.seconds, 0.001)))
                kib.append((len(content), max(usage.peak_kib - base.peak_kib, 1)))
                shown.append(f"{usage.seconds:8.3f} s {usage.peak_kib // KIB:5} MiB")
                if usage.status != 0:
                    break
            faults = judge(seconds, kib, usage)
            failed += bool(faults)
            print(f"{name:34} {' '.join(shown)}  {', '.join(faults)}", flush=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    return failed


def check_shape(programs, name, folder):
    """Returns what goes wrong with a shape, or nothing."""
    module, artifact = f"{folder}/a.wasm", f"{folder}/a.so"
    Path(module).write_bytes(of_size(SHAPES[name], CHECKED_SIZE))
    usage = programs.validate(module, CHECKED_SECONDS, CHECKED_MEMORY)
    if usage.status != 0:
        return "does not validate"
    usage = programs.compile(module, artifact, CHECKED_SECONDS, CHECKED_MEMORY)
    if usage.status != 0:
        how = signal.Signals(os.WTERMSIG(usage.status)).name if usage.is_killed else "an error"
        return f"does not compile: {how} after {usage.seconds:.1f} s, {usage.peak_kib // KIB} MiB"
    usage = programs.verify(artifact, CHECKED_SECONDS)
    if usage.is_killed:
        return "kills the loader"
    return None


def check_shapes(programs, names):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            fault = check_shape(programs, name, folder)
            if fault is not None:
                failed += 1
                print(f"{name}: {fault}", flush=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    return failed


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", nargs=3, metavar=("SHAPE", "KIB", "FILE"))
    parser.add_argument("bin", nargs="?", type=Path)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    options = parser.parse_args()
    if options.write:
        shape, size, file = options.write
        Path(file).write_bytes(of_size(SHAPES[shape], int(size) * KIB))
        return 0
    if options.bin is None:
        parser.error("where are the programs?")
    unknown = [name for name in options.shapes if name not in SHAPES]
    if unknown:
        parser.error(f"no such shape: {', '.join(unknown)}; there are {', '.join(SHAPES)}")
    go = check_shapes if options.check else time_shapes
    return 1 if go(Programs(options.bin), options.shapes or list(SHAPES)) else 0


if __name__ == "__main__":
    sys.exit(main())
