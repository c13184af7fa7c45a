# Tests of the executables. Each is a file with its commands, input and expectations;
# docs/architecture.md lists the folders. To run some of them:
#     lit-22 -v build/release/test/lit --filter NAME

import glob
import os
import platform
import shutil
import subprocess

import lit.formats

config.name = "wasm2obj"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test", ".wat", ".wast"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)

# The tests have their own cache for wasmrun, so that they do not use artifacts of another build.
# The options of sanitizers are passed on.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.test_exec_root, "cache")
tests = os.path.dirname(config.test_source_root)  # opcodes.py
pages = os.path.join(tests, "../bindings/testing")  # page.py
config.environment["PYTHONPATH"] = os.pathsep.join([tests, pages])
config.environment["PATH"] = os.pathsep.join([config.llvm_tools, os.environ["PATH"]])
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

# --param emulated=1: programs are compiled for AArch64 and run under an emulator.
emulated = os.path.join(os.path.dirname(config.test_source_root), "aarch64")
is_emulated = "emulated" in lit_config.params
can_emulate = (
    platform.machine() != "aarch64"
    and shutil.which("qemu-aarch64") is not None
    and os.path.exists(os.path.join(emulated, "../../build/aarch64/bin/wasmrun"))
)
config.environment["WASM2OBJ_BIN"] = config.binaries
if is_emulated:
    config.suffixes = [".wat"]  # `wast` compiles and runs in one process
    if not can_emulate:
        config.unsupported = True
        lit_config.note("code for AArch64 is not run: that needs `./dev build aarch64` before")

binaries = emulated if is_emulated else config.binaries
helpers = os.path.join(config.test_source_root, "Inputs")
for tool in (
    "wasm2obj",
    "wasmrun",
    "wast",
    "run_passes",
    "run_embedded",
    "run_references",
    "run_fuel",
    "run_hostile",
    "run_interrupted",
    "run_pooled",
    "run_shared",
    "run_threads",
    "run_typed",
    "run_linking",
    "run_compiling_wasmrt",
    "run_compiling_wasm2obj_shared",
    "run_standard_wasmrt",
    "run_standard_wasm2obj_shared",
    "run_standard_cpp_wasmrt",
    "run_standard_cpp_wasm2obj_shared",
    "run_with_signals",
    "example_cpp",
    "example_c",
    "example_emscripten",
    "example_extism",
    "example_proxy_wasm",
):
    config.substitutions.append((f"%{tool}", os.path.join(binaries, tool)))
# Runs an executable that wasm2obj has made.
emulator = shutil.which("qemu-aarch64") if is_emulated and can_emulate else ""
config.substitutions.append(("%run", emulator))
config.substitutions.append(("%emulated_wasmrun", os.path.join(emulated, "wasmrun")))
config.substitutions.append(("%helpers", helpers))
config.substitutions.append(("%python", "python3"))
config.substitutions.append(("%build", os.path.dirname(config.binaries)))

# Compilers and flags for programs with the C interface.
source = os.path.join(config.test_source_root, "../..")
config.substitutions.append(("%source", source))
library = os.path.join(config.binaries, "../lib")
config.substitutions.append(("%cc", f"cc -I{source}/loader/embed"))
config.substitutions.append(("%cxx", f"c++ -I{source}/loader/embed"))
cross = f"aarch64-linux-gnu-gcc -I{source}/loader/embed"
cross_library = os.path.join(source, "build/aarch64/lib")
config.substitutions.append(("%arm_cc", cross))
config.substitutions.append(
    ("%arm_lwasmrt", f"-L{cross_library} -lwasmrt -Wl,-rpath,{cross_library}")
)
config.substitutions.append(("%arm_run", "qemu-aarch64 -L /usr/aarch64-linux-gnu"))
config.substitutions.append(("%warnings", "-Wall -Wextra -Wpedantic -Werror"))
clang = shutil.which("clang-22") or shutil.which("clang", path=config.llvm_tools)
if clang:
    config.available_features.add("clang")
    config.substitutions.append(("%clang", f"{clang} -I{source}/loader/embed"))
else:
    lit_config.note("headers for C are not compiled with clang: that needs clang-22")
# Programs in C for WebAssembly: clang, wasm-ld and wasi-libc.
wasi_target = "--target=wasm32-wasi"


def wasi_file(name):
    """The path of a file of wasi-libc; nothing if there is no such file."""
    command = [clang, wasi_target, f"-print-file-name={name}"]
    path = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return path if os.path.isabs(path) and os.path.exists(path) else None


if clang and shutil.which("wasm-ld-22") and wasi_file("libc.a"):
    config.available_features.add("wasi-libc")
    if wasi_file("libc++.a"):
        config.available_features.add("wasi-libc++")
        config.substitutions.append(("%wasi_clangxx", f"{clang} {wasi_target} -std=c++20 -lc++"))
    config.substitutions.append(("%wasi_clang", f"{clang} {wasi_target}"))
    config.substitutions.append(("%wasm_ld", "wasm-ld-22 --experimental-pic"))
    config.substitutions.append(("%wasi_crt", wasi_file("crt1-command.o")))
    config.substitutions.append(("%wasi_libc", wasi_file("libc.a")))
else:
    lit_config.note("programs in C are not linked: that needs clang-22, lld-22 and wasi-libc")
if shutil.which("doxygen"):
    config.available_features.add("doxygen")
else:
    lit_config.note("the reference of the headers is not made: that needs doxygen")
embed_headers = sorted(glob.glob(f"{source}/loader/embed/**/wasm2obj*.h", recursive=True))
headers = [f"{source}/loader/standard/wasm.h", *embed_headers]
config.substitutions.append(("%standard_headers", " ".join(headers)))
config.substitutions.append(("%library", library))
config.substitutions.append(("%lwasmrt", f"-L{library} -lwasmrt -Wl,-rpath,{library}"))

# The targets for which tests check the code: levels of x86-64, and AArch64.
for level, cpu in (("v1", "x86-64"), ("v2", "x86-64-v2"), ("v3", "x86-64-v3")):
    config.substitutions.append((f"%{level}", f"--target=x86_64-linux-gnu --cpu={cpu}"))
config.substitutions.append(("%arm", "--target=aarch64-linux-gnu"))
assembly = os.path.join(config.test_source_root, os.pardir, "assembly.py")
config.substitutions.append(("%instructions", f"python3 {assembly}"))

machine = "aarch64" if is_emulated else platform.machine()
config.available_features.add(machine)
if can_emulate:
    config.available_features.add("emulator")
if is_emulated:
    config.available_features.add("emulated")
if config.sanitizers:
    config.available_features.add("sanitizers")
# ThreadSanitizer holds signals back until a thread calls the system: no loop is interrupted.
holds_signals = "thread" in config.sanitizers
if holds_signals:
    config.available_features.add("holds-signals")
config.substitutions.append(("%terminating", "terminating" if holds_signals else ""))

# The other of the two machines that artifacts can be made for.
other = "x86_64" if machine == "aarch64" else "aarch64"
config.substitutions.append(("%other_target", f"{other}-linux-gnu"))
