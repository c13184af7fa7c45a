#!/usr/bin/env python3
"""start_time.py BUILD_DIR [COUNT]: tells how long `crun run` takes for programs that print a line.

Containers with a native static program, an artifact and a module from the cache are started in
turns, so that they share what else the machine does. The program of the containers is
examples/hello.wat, and its like in C. Needs root.
"""

import statistics
import sys
import time
from pathlib import Path

import node

C_PROGRAM = '#include <stdio.h>\nint main(void) { return puts("Hello, world") < 0; }\n'
MODULE = node.SOURCE.parents[1] / "examples" / "hello.wat"


def make_bundles(machine):
    """Returns the bundles by what is told about them."""
    source = machine.folder / "hello.c"
    source.write_text(C_PROGRAM)
    node.run("cc", "-O2", "-static", source, "-o", machine.modules / "hello")
    node.run(node.COMPILER, MODULE, "-o", machine.modules / "hello.so")
    node.run(node.COMPILER, MODULE, "-o", machine.modules / "hello.wasm")
    bundles = {}
    for file, what in (
        ("hello", "native, static"),
        ("hello.so", "artifact"),
        ("hello.wasm", "module, compiled before"),
    ):
        bundle = node.Bundle(machine, file)
        bundle.add(machine.modules / file, file)
        bundle.write(f"/{file}")
        bundles[what] = bundle
    bundles["native, static"].config["annotations"] = {}
    bundles["native, static"].write()
    return bundles


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    if reason := node.why_not():
        sys.exit(f"start_time.py: {reason}")
    node.enter()
    bundles = make_bundles(node.Node(Path(sys.argv[1]).resolve()))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    times = {what: [] for what in bundles}
    for _ in range(count):
        for what, bundle in bundles.items():
            begin = time.perf_counter()
            result = bundle.crun("run", bundle.name, check=True)
            times[what].append(time.perf_counter() - begin)
            assert result.stdout == "Hello, world\n", result
    native = times["native, static"]
    print(f"{'program':26}{'median ms':>10}{'of native':>10}")
    for what, values in times.items():
        # The median of the ratios of neighbours.
        ratio = statistics.median(value / beside for value, beside in zip(values, native))
        print(f"{what:26}{statistics.median(values) * 1000:10.2f}{ratio:10.2f}")


if __name__ == "__main__":
    main()
