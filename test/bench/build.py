"""Builds the suite's programs: natively, for musl, to WebAssembly, and from that with wasm2obj.
A file that is newer than its sources and was made by the same command is kept."""

import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from suite import HERE, Program

CLANG, CLANGXX = "clang-22", "clang++-22"
OPTIMIZE = ("-O3", "-w")
WASM = ("--target=wasm32-wasi", "--no-wasm-opt")
MUSL = Path("/usr/lib/x86_64-linux-musl")
MUSL_COMPILE = (
    "-nostdlibinc",
    "-isystem",
    "/usr/include/x86_64-linux-musl",
    "-fno-pie",
    "-fno-stack-protector",
    "-U_FORTIFY_SOURCE",
)
TIMEOUT = 1800  # seconds


class BuildError(Exception):
    """A command failed; the text has the command and its output."""


class Unavailable(Exception):
    """This variant cannot be built here, or not for this program; the text has the reason."""


def run(command: list) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=TIMEOUT,
    )
    if done.returncode:
        raise BuildError(f"{' '.join(words)}\n{done.stderr[-3000:]}")
    return done.stdout


def is_current(output: Path, command: list[str], inputs: list[Path]) -> bool:
    stamp = output.with_name(output.name + ".command")
    if not output.exists() or not stamp.exists() or stamp.read_text() != "\n".join(command):
        return False
    return all(file.stat().st_mtime <= output.stat().st_mtime for file in inputs)


def make(output: Path, command: list, inputs: list[Path]) -> Path:
    """Runs the command, which writes `output`, unless `output` is up to date."""
    words = [str(word) for word in command]
    if not is_current(output, words, inputs):
        output.parent.mkdir(parents=True, exist_ok=True)
        output.unlink(missing_ok=True)
        run(command)
        output.with_name(output.name + ".command").write_text("\n".join(words))
    return output


def why_no_wasm() -> str:
    """The reason why C cannot be compiled to WebAssembly here; empty if it can."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "empty.c"
        source.write_text("#include <stdio.h>\nint main(void) { return 0; }\n")
        try:
            run([CLANG, *WASM, source, "-o", Path(folder) / "empty.wasm"])
        except (BuildError, OSError) as error:
            return str(error)
    return ""


def beside(source: Path) -> list[Path]:
    """The source and the headers of its folder that it may include."""
    return [
        source,
        *(file for file in source.parent.iterdir() if file.suffix in (".h", ".js", ".lua", ".scm")),
    ]


@dataclass(frozen=True)
class Builder:
    """The build folder, and the wasm2obj that is measured."""

    folder: Path
    binaries: Path  # the folder of wasm2obj and wasmrun
    smoke: bool = False  # build everything small
    ours_folder: str = ""

    def variant(self, program: Program, name: str) -> Path:
        return self.folder / ("smoke" if self.smoke else "full") / program.name / name

    def with_binaries(self, name: str, binaries: Path) -> "Builder":
        """A builder for another wasm2obj, with its own output folder."""
        return replace(self, binaries=binaries, ours_folder=name)

    def objects(self, program: Program, name: str, flags: tuple) -> list[Path]:
        """The object files of a variant; the stop watch's is the last."""
        folder = self.variant(program, name)
        flags = (
            *OPTIMIZE,
            *program.flags,
            *flags,
            "-I",
            HERE,
            *(program.smoke_flags if self.smoke else ()),
        )
        renamed = ("-Dmain=programMain",) if program.whole else ()
        language = ("-x", "c++") if program.is_cxx else ()
        whole = ("-DBENCH_WHOLE_PROGRAM",) if program.whole else ()
        outputs, commands = [], []
        for number, source in enumerate(program.sources):
            compiler = CLANG if source.suffix == ".c" else CLANGXX
            outputs.append(folder / f"{number:03}-{source.stem}.o")
            commands.append([compiler, *flags, *renamed, "-c", source, "-o", outputs[-1]])
        outputs.append(folder / "bench.o")
        commands.append(
            [CLANG, *flags, *whole, *language, "-c", HERE / "bench.c", "-o", outputs[-1]]
        )
        inputs = [
            [HERE / "bench.h", *beside(source)] for source in (*program.sources, HERE / "bench.c")
        ]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(make, outputs, commands, inputs))

    def native(self, program: Program, name: str, flags: tuple = ()) -> Path:
        objects = self.objects(program, name, (*program.native_flags, *flags))
        output = self.variant(program, name) / "program"
        compiler = CLANGXX if program.is_cxx else CLANG
        return make(output, [compiler, *objects, *program.libraries, "-o", output], objects)

    def musl(self, program: Program) -> Path:
        """Linked statically with musl: the C library from which wasi-libc was made."""
        if not (MUSL / "crt1.o").exists():
            raise Unavailable("musl is not installed")
        if program.is_cxx:
            raise Unavailable("there is no C++ library for musl")
        objects = self.objects(program, "musl", (*program.native_flags, *MUSL_COMPILE))
        libgcc = run([CLANG, "-print-libgcc-file-name"]).strip()
        output = self.variant(program, "musl") / "program"
        return make(
            output,
            [
                CLANG,
                "-static",
                "-no-pie",
                "-nostdlib",
                MUSL / "crt1.o",
                MUSL / "crti.o",
                *objects,
                f"-L{MUSL}",
                *program.libraries,
                "-lc",
                libgcc,
                MUSL / "crtn.o",
                "-o",
                output,
            ],
            objects,
        )

    def wasm(self, program: Program, simd: bool) -> Path:
        name = "wasm-simd" if simd else "wasm"
        vectors = ("-msimd128",) if simd else ()
        objects = self.objects(program, name, (*WASM, *program.wasm_flags, *vectors))
        output = self.variant(program, name) / "program.wasm"
        compiler = CLANGXX if program.is_cxx else CLANG
        return make(
            output,
            [
                compiler,
                *WASM,
                *vectors,
                *objects,
                *program.libraries,
                *program.wasm_libraries,
                "-Wl,--no-demangle",
                "-o",
                output,
            ],
            objects,
        )

    def ours(self, program: Program, simd: bool, options: tuple = ()) -> Path:
        """The artifact that this wasm2obj makes of the program."""
        module = self.wasm(program, simd)
        name = "-".join(["ours", *(option.strip("-").replace("=", "-") for option in options)])
        output = module.parent / self.ours_folder / f"{name}.so"
        compiler = self.binaries / "wasm2obj"
        return make(output, [compiler, module, "-o", output, *options], [module, compiler])
