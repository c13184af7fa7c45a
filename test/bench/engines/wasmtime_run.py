"""wasmtime_run.py compile MODULE ARTIFACT | run ARTIFACT [ARGUMENTS]: wasmtime, by its Python
package."""

import sys
import time

from wasmtime import Caller, Engine, ExitTrap, FuncType, Linker, Module, Store, ValType, WasiConfig


def thread_time(caller: Caller, _clock: int, _precision: int, result: int) -> int:
    """Replaces WASI's clock_time_get, since wasmtime has no clock of processor time."""
    caller["memory"].write(caller, time.thread_time_ns().to_bytes(8, "little"), result)
    return 0


def run(artifact: str, arguments: list[str]) -> int:
    engine = Engine()
    linker = Linker(engine)
    linker.define_wasi()
    linker.allow_shadowing = True
    clock_type = FuncType([ValType.i32(), ValType.i64(), ValType.i32()], [ValType.i32()])
    linker.define_func(
        "wasi_snapshot_preview1", "clock_time_get", clock_type, thread_time, access_caller=True
    )
    wasi = WasiConfig()
    wasi.argv = [artifact, *arguments]
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    wasi.preopen_dir(".", ".")
    store = Store(engine)
    store.set_wasi(wasi)
    instance = linker.instantiate(store, Module.deserialize_file(engine, artifact))
    try:
        instance.exports(store)["_start"](store)
    except ExitTrap as ended:
        return ended.code
    return 0


def compile_module(module: str, artifact: str) -> int:
    with open(artifact, "wb") as file:
        file.write(Module.from_file(Engine(), module).serialize())
    return 0


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    sys.exit(compile_module(*words) if verb == "compile" else run(words[0], words[1:]))
