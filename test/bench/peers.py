"""Other ways to run WebAssembly, as columns. Each installs itself, at a fixed version, into the
folder of the benchmarks when it is first needed, and compiles ahead of time if it can: only
running is timed.

wasmer, WAMR and WasmEdge are not here: no registry has executables of them that run on Debian
12."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from build import CLANG, Builder, BuildError, Unavailable, make, run
from columns import Column
from suite import HERE, Program

ENGINES = HERE / "engines"
NODE, WASMTIME = "26.10.0", "50.0.1"
WAZERO = "1.12.0"  # as engines/wazero/go.mod says
WABT = Path("/usr/share/wabt/wasm2c")  # Debian's wabt 1.0.32, which does not support vectors


def installed(builder: Builder, name: str, program: str, *command: str) -> Path:
    """The peer's folder. The command creates `program` in it, unless it exists; {} in the command
    stands for the folder."""
    folder = builder.folder / "peers" / name
    failed = folder / "failed"
    if failed.exists():
        raise Unavailable(failed.read_text())
    if not (folder / program).exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            if not shutil.which(command[0]):
                raise BuildError(f"there is no {command[0]} to install it with")
            run([word.replace("{}", str(folder)) for word in command])
        except BuildError as error:
            failed.write_text(str(error))
            raise Unavailable(str(error)) from error
    return folder


def node(builder: Builder, program: Program, module: Path) -> list[str]:
    """All functions are compiled at once by the optimizing compiler."""
    path = "node_modules/.bin/node"
    folder = installed(
        builder, f"node-{NODE}", path, "npm", "install", "--prefix", "{}", f"node@{NODE}"
    )
    return [
        str(folder / path),
        "--no-warnings",
        "--no-liftoff",
        "--no-wasm-lazy-compilation",
        "--no-wasm-dynamic-tiering",
        str(ENGINES / "node.mjs"),
        str(module),
        *program.arguments,
    ]


def wasmtime(builder: Builder, program: Program, module: Path) -> list[str]:
    folder = installed(
        builder,
        f"wasmtime-{WASMTIME}",
        "wasmtime",
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--target",
        "{}",
        f"wasmtime=={WASMTIME}",
    )
    engine = ["env", f"PYTHONPATH={folder}", sys.executable, ENGINES / "wasmtime_run.py"]
    artifact = make(
        module.with_name("wasmtime.cwasm"),
        [*engine, "compile", module, module.with_name("wasmtime.cwasm")],
        [module],
    )
    return [*map(str, engine), "run", str(artifact), *program.arguments]


def wazero(builder: Builder, program: Program, module: Path) -> list[str]:
    folder = installed(
        builder,
        "wazero",
        "wazerorun",
        "go",
        "build",
        "-C",
        str(ENGINES / "wazero"),
        "-o",
        "{}/wazerorun",
    )
    return [str(folder / "wazerorun"), str(folder / "cache"), str(module), *program.arguments]


def wasm2c(builder: Builder, program: Program, module: Path) -> list[str]:
    if not shutil.which("wasm2c") or not WABT.exists():
        raise Unavailable("Debian's package wabt is not installed")
    if program.arguments or program.folder:
        raise Unavailable("it has no files and arguments here")
    folder = builder.variant(program, "wasm2c")
    source = make(
        folder / "guest.c", ["wasm2c", module, "-n", "guest", "-o", folder / "guest.c"], [module]
    )
    executable, host = folder / "program", ENGINES / "wasm2c_host.c"
    command = [
        CLANG,
        "-O3",
        "-march=native",
        "-w",
        "-I",
        folder,
        "-I",
        WABT,
        host,
        source,
        WABT / "wasm-rt-impl.c",
        "-lm",
        "-o",
        executable,
    ]
    return [str(make(executable, command, [source, host]))]


Command = Callable[[Builder, Program, Path], list[str]]


def peer(key: str, title: str, command: Command, simd: bool = False) -> Column:
    def prepare(builder: Builder, program: Program) -> list[str]:
        return command(builder, program, builder.wasm(program, simd))

    return Column(key, title, prepare, is_peer=True)


def both(key: str, title: str, command: Command) -> list[Column]:
    return [peer(key, title, command), peer(f"{key}-simd", f"{title}, SIMD", command, simd=True)]


PEERS = [
    *both("node", f"Node {NODE}", node),
    *both("wasmtime", f"wasmtime {WASMTIME}", wasmtime),
    *both("wazero", f"wazero {WAZERO}", wazero),
    peer("wasm2c", "wasm2c 1.0.32, -march=native", wasm2c),
]
