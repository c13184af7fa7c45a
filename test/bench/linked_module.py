"""Makes a program of a module that needs a host: its imports get stubs, and a driver in C calls its
exports. Binaryen's wasm-merge, of a package of npm, makes one module of all, and its
wasm-metadce leaves out what the driver does not reach; neither optimizes."""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from build import CLANG, BuildError, beside, make
from packages import Packages
from suite import HERE
from wasm_imports import Import, imported_functions

DRIVERS = HERE / "others"
BINARYEN = "npm:binaryen@132.0.0:bin/"
# The default features of LLVM 22, and those of the modules; more would change the encoding.
FEATURES = (
    "bulk-memory",
    "bulk-memory-opt",
    "call-indirect-overlong",
    "extended-const",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
    "simd",
    "tail-call",
    "multimemory",
)
DRIVER_FLAGS = (
    "--target=wasm32",
    "-O2",
    "-nostdlib",
    "-mbulk-memory",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-Wl,--no-entry",
    "-Wl,--export=run",
)
WASI = "wasi_snapshot_preview1"
ENCODED_WASM = re.compile(rb"AGFzbQ[A-Za-z0-9+/]+=*")


@dataclass(frozen=True)
class Linked:
    """A module of a package, with a driver whose function `run` does the work and returns a number
    that depends on all results."""

    module: str  # as packages.py names files; of one that is not wasm, the wasm in base64 in it
    driver: str = ""
    memory: str = "memory"  # the module's, exported as
    copies: tuple[str, ...] = ()  # imports, MODULE.NAME, that do what memcpy does
    grows: tuple[str, ...] = ()  # imports that grow the memory to the size of their argument
    # Imports, MODULE.NAME=EXPORT, that call what the driver exports.
    callbacks: tuple[str, ...] = ()
    globals: tuple[
        str, ...
    ] = ()  # exported ones, which functions of their names read for the driver
    input: str | bytes = b""  # for the driver: a file, or what is in it
    keeps_wasi: bool = False  # else WASI calls get stubs as well
    defines: tuple[str, ...] = ()  # for the driver

    @property
    def source(self) -> str:
        return self.module

    def make(self, packages: Packages, folder: Path) -> Path:
        module = folder / "module.wasm"
        contents = wasm_of(packages.file(self.module).read_bytes())
        write(module, contents)
        stubs = self._stubs(folder, imported_functions(contents))
        driver = self._driver(packages, folder)
        parts = [(module, "module"), *((file, name) for name, file in stubs.items()), *driver]
        words = [str(word) for part in parts for word in part]
        whole, output, roots = folder / "whole.wasm", folder / "program.wasm", folder / "roots.json"
        features = [f"--enable-{feature}" for feature in FEATURES]
        make(
            whole,
            [
                "node",
                packages.file(BINARYEN + "wasm-merge"),
                *words,
                "-o",
                whole,
                "--rename-export-conflicts",
                *features,
            ],
            [file for file, _ in parts],
        )
        exports = {"run", "_initialize", "_start", self.memory}
        write(
            roots,
            json.dumps(
                [{"name": name, "export": name, "root": True} for name in sorted(exports)]
            ).encode(),
        )
        return make(
            output,
            [
                "node",
                packages.file(BINARYEN + "wasm-metadce"),
                whole,
                "-o",
                output,
                "--graph-file",
                roots,
                *features,
            ],
            [whole, roots],
        )

    def _stubs(self, folder: Path, imports: list[Import]) -> dict[str, Path]:
        """Import module -> a module with its functions."""
        names = sorted({each.module for each in imports} - ({WASI} if self.keeps_wasi else set()))
        files = {}
        for number, name in enumerate(names):
            files[name] = folder / f"stubs{number}.wat"
            chosen = [each for each in imports if each.module == name]
            write(files[name], self._stub_module(chosen).encode())
        return files

    def _driver(self, packages: Packages, folder: Path) -> list[tuple[Path, str]]:
        data = (
            self.input if isinstance(self.input, bytes) else packages.file(self.input).read_bytes()
        )
        if not self.driver:
            return []
        source, output, text = DRIVERS / self.driver, folder / "driver.wasm", folder / "input.wat"
        write(text, self._input_module(data).encode())
        make(
            output,
            [
                CLANG,
                *DRIVER_FLAGS,
                *(f"-D{define}" for define in self.defines),
                "-I",
                DRIVERS,
                "-Xlinker",
                f"--import-memory=module,{self.memory}",
                source,
                "-o",
                output,
            ],
            beside(source),
        )
        return [(text, "input"), (output, "driver")]

    def _stub_module(self, imports: Iterable[Import]) -> str:
        """Functions that do nothing and return 0, but for copies and callbacks."""
        callbacks = dict(callback.split("=") for callback in self.callbacks)
        used, lines = set(), []
        for each in imports:
            name = f"{each.module}.{each.name}"
            arguments = " ".join(f"(local.get {i})" for i in range(len(each.parameters)))
            body = " ".join(f"({type}.const 0)" for type in each.results)
            if name in self.copies:
                used.add(f'(import "module" "{self.memory}" (memory 0))')
                body = f"(memory.copy {arguments})" + " (local.get 0)" * len(each.results)
            elif name in self.grows:
                used.add(f'(import "module" "{self.memory}" (memory 0))')
                body = (
                    "(i32.ne (i32.const -1) (memory.grow (i32.sub (i32.shr_u (i32.add "
                    "(local.get 0) "
                    "(i32.const 65535)) (i32.const 16)) (memory.size))))"
                )
            elif name in callbacks:
                used.add(
                    f'(import "driver" "{callbacks[name]}" (func ${callbacks[name]} '
                    f"{signature(each)}))"
                )
                body = f"(call ${callbacks[name]} {arguments})"
            lines.append(f'(func (export "{each.name}") {signature(each)} {body})')
        return "\n".join(["(module", *sorted(used), *lines, ")"]) + "\n"

    def _input_module(self, data: bytes) -> str:
        """The declarations for module.h."""
        text = "".join(f"\\{byte:02x}" for byte in data)
        lines = ["(module", f'(import "module" "{self.memory}" (memory 0))']
        types = {name.split()[-1]: "(mut i32)" if " " in name else "i32" for name in self.globals}
        lines += [
            f'(import "module" "{name}" (global ${name} {type}))' for name, type in types.items()
        ]
        lines += [f'(func (export "{name}") (result i32) (global.get ${name}))' for name in types]
        lines += [
            f'(data $data "{text}")',
            f'(func (export "size") (result i32) (i32.const {len(data)}))',
            '(func (export "copy") (param i32 i32 i32)',
            "(memory.init $data (local.get 0) (local.get 1) (local.get 2))))",
        ]
        return "\n".join(lines) + "\n"


def signature(function: Import) -> str:
    return f'(param {" ".join(function.parameters)}) (result {" ".join(function.results)})'


def wasm_of(contents: bytes) -> bytes:
    if contents.startswith(b"\0asm"):
        return contents
    found = ENCODED_WASM.search(contents)
    if not found:
        raise BuildError("no WebAssembly in it")
    text = found[0].rstrip(b"=")
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def write(file: Path, contents: bytes) -> None:
    """Writes the file only if it differs, so that files made from it stay up to date."""
    if not file.exists() or file.read_bytes() != contents:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents)
