"""The time and memory of compiling a program, and the size of its code."""

import re
import tempfile
from pathlib import Path

from build import Builder, run
from measure import Runner
from suite import Program
from without import optional_passes

ROUNDS = 3
ENOUGH = 3  # seconds, after which a time is exact enough
# Names that a main() has in WebAssembly, by its parameters.
MAINS = {"main": {"main", "__original_main", "__main_argc_argv", "__main_void"}}


def function_sizes(file: Path) -> list[tuple[str, int]]:
    """Name, without parameters, and size of each function of an ELF file. A C++ library of headers
    is not the program's, and is another one in WebAssembly. A constructor has two symbols."""
    sizes = {}
    for line in run(["nm", "-S", "-C", file]).splitlines():
        if found := re.fullmatch(r"(\w+) (\w+) [tTwW] (.*)", line):
            name = found[3].replace("(anonymous namespace)", "").partition("(")[0]
            if not re.search(r"\bstd::", name):
                sizes[found[1], name] = int(found[2], 16)
    return [(name, size) for (_, name), size in sizes.items()]


def text_size(file: Path) -> int:
    """All code of a linked program."""
    sections = (line.split() for line in run(["size", "-A", file]).splitlines())
    return sum(int(words[1]) for words in sections if words and words[0] == ".text")


def own_sizes(builder: Builder, program: Program, artifact: Path) -> tuple[int, int]:
    """(ours, native): bytes of code of the program's own functions, so without the C library. They
    are those that its object files define, as far as they are in the linked program, and in ours
    those of the same name."""
    objects = builder.objects(program, "native", program.native_flags)[:-1]  # but the stop watch
    names = {name for file in objects for name, _ in function_sizes(file)}
    linked = builder.native(program, "native")
    native = sum(size for name, size in function_sizes(linked) if name in names)
    for native_name, wasm_names in MAINS.items():
        names |= wasm_names if native_name in names else set()
    ours = 0
    for name, size in function_sizes(artifact):
        wasm_name = re.sub(r"\[\d+\]$", "", name.removeprefix("wasm."))
        ours += size if wasm_name in names and name.startswith("wasm.") else 0
    return ours, native


def figures(builder: Builder, runner: Runner, program: Program) -> dict:
    module, artifact = builder.wasm(program, False), builder.ours(program, False)
    ours, native = own_sizes(builder, program, artifact)
    disabled = [word for name in optional_passes() for word in ("--disable-pass", name)]
    taken = {"seconds": [], "seconds_without": []}
    peak_kib = 0
    with tempfile.TemporaryDirectory() as folder:
        command = [str(builder.binaries / "wasm2obj"), str(module), "-j1", "-o", f"{folder}/a.so"]
        while len(taken["seconds"]) < ROUNDS and sum(taken["seconds"]) < ENOUGH:
            for key, options in (("seconds", []), ("seconds_without", disabled)):
                done = runner.run([*command, *options])
                taken[key].append(done.cpu_seconds)
                peak_kib = max(peak_kib, done.peak_kib)
    return {
        **{key: min(seconds) for key, seconds in taken.items()},
        "peak_kib": peak_kib,
        "module": module.stat().st_size,
        "text": text_size(artifact),
        "own_text": ours,
        "native_own_text": native,
    }
