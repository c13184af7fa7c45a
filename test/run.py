#!/usr/bin/env python3
"""run.py BUILD_DIR [COMPILER_BUILD_DIR]: runs every test suite on a finished build and sums up the
results.

The suites are: unit tests and lint (ctest); tests of the executables (lit), some of them once more
as code for AArch64 if `./dev build aarch64` has been run; containers (test/containers); the
specification's scripts (see spec_scripts.py); real programs (a corpus directory: $WASM_CORPUS_DIR,
or `shared/corpus` next to the checkout). A build for another machine has no compiler: its tests run
under an emulator, with the compiler of the second build. Each suite writes its results to
BUILD_DIR/results, as JUnit XML or, for the scripts, as a log. Failures are printed as they happen.
The last line is the sum:

    N passed, N failed, N skipped
"""

import json
import os
import platform
import re
import shlex
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import spec_scripts

ROOT = Path(__file__).resolve().parents[1]
SUITE_TIMEOUT = 25 * 60  # seconds; a suite that takes longer hangs

# The suppressions are for LLVM and lld, which do not free objects that are used until the end, and
# for the handler of faults, which may allocate memory.
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "LSAN_OPTIONS": f"suppressions={ROOT}/test/leaks.txt:print_suppressions=0",
    "TSAN_OPTIONS": f"suppressions={ROOT}/test/signals.txt:print_suppressions=0",
}


class Build:
    def __init__(self, folder):
        self.folder = folder
        self.results = folder / "results"
        self.results.mkdir(exist_ok=True)
        settings = json.loads((folder / "test" / "run.json").read_text())
        self.has_compiler = settings["compiler"] == "ON"
        self.emulator = settings["emulator"].split(";") if settings["emulator"] else []
        self.sanitizers = settings["sanitizers"]
        self.lit = Path(settings["llvm_tools"]) / "lit"


class Tally:
    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def __add__(self, other):
        return Tally(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def say(text):
    print(text, flush=True)


def read_results(file, show_failures):
    """Returns the tally of a JUnit file. A suite that wrote no file counts as one failure."""
    if not file.exists():
        say(f"no results in {file}")
        return Tally(failed=1)
    tally = Tally()
    for case in ElementTree.parse(file).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failed += 1
            if show_failures:
                say(f"FAILED {case.get('name')}\n{case.findtext('system-out') or ''}")
        elif case.find("skipped") is not None:
            tally.skipped += 1
        else:
            tally.passed += 1
    return tally


def run_suite(build, name, command, quiet=False):
    """Runs one suite. A failing exit code without a failed test counts as a failure."""
    say(f"--- {name}")
    start = time.monotonic()
    results = build.results / f"{name}.xml"
    results.unlink(missing_ok=True)
    command = [str(part).replace("@RESULTS@", str(results)) for part in command]
    with open(build.results / f"{name}.log", "w", encoding="utf-8") as log:
        try:
            status = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                check=False,
                stdout=log if quiet else None,
                timeout=SUITE_TIMEOUT,
            ).returncode
        except subprocess.TimeoutExpired:
            status = f"none after {SUITE_TIMEOUT} s"
    tally = read_results(results, show_failures=quiet)
    if status != 0 and tally.failed == 0:
        say(f"{name}: exit status {status}, though no test failed")
        tally.failed += 1
    say(f"{name}: {tally} ({time.monotonic() - start:.0f} s)")
    return tally


# Unit tests that the emulator cannot run, and why.
NOT_EMULATED = {
    "MemoryDeathTest": "it does not limit the address space of guests",
    "TrapHandlerChainDeathTest": "it has handlers of its own for the signals",
    "FileIoTest.BorrowedFilesAppendWhenToldTo": "it does not have pwritev2",
    "SandboxPath.WithoutOpenat2WeWalk": "it does not have seccomp filters",
    "EntryPointTest": "it does not have openat2",
    "Image.": "it shows pages of code as not executable",
}


def run_unit(build, jobs):
    """Runs the unit tests, under the emulator if the build is for another machine."""
    left_out = []
    if build.emulator:
        for tests, reason in NOT_EMULATED.items():
            say(f"NOT RUN under the emulator: {tests}: {reason}")
        names = "|".join(re.escape(tests) for tests in NOT_EMULATED)
        left_out = ["-E", f"^({names}|lint)"]
    return run_suite(
        build,
        "unit",
        [
            "ctest",
            "--test-dir",
            build.folder,
            "-j",
            jobs,
            "--timeout",
            "300",
            *left_out,
            "--output-junit",
            "@RESULTS@",
        ],
        quiet=True,
    )


def run_lit(build, jobs):
    return run_suite(
        build,
        "lit",
        [
            sys.executable,
            build.lit,
            "-sv",
            "-j",
            jobs,
            "--xunit-xml-output",
            "@RESULTS@",
            build.folder / "test" / "lit",
        ],
    )


# Folders of tests that run once more with code for AArch64, if an emulator is there.
EMULATED_TESTS = ["exec", "executable", "traps", "wasmrun"]
# Programs that behave as wasm2obj and wasmrun of an AArch64 machine.
EMULATED_PROGRAMS = ROOT / "test" / "aarch64"


def run_emulated(build, jobs):
    lit = build.folder / "test" / "lit"
    return run_suite(
        build,
        "lit-aarch64",
        [
            sys.executable,
            build.lit,
            "-sv",
            "-j",
            jobs,
            "--param",
            "emulated=1",
            "--xunit-xml-output",
            "@RESULTS@",
            *(lit / name for name in EMULATED_TESTS),
        ],
    )


# The options of each run: the front end with all features; then, with and without optimization,
# each kind of bounds check, and the deterministic profile (appendix A.2 of the specification).
SPEC_FRONT_END = ["--only-front-end", "--round-trip"]
SPEC_CODE = [
    ["-O2"],
    ["-O1"],
    ["-O0"],
    ["-O2", "--bounds=explicit"],
    ["-O0", "--bounds=explicit"],
    ["-O2", "--deterministic"],
]
# The runs above use the host's CPU. Scripts about vectors also run as code for each of these.
CPU_LEVELS = {"x86_64": ["x86-64", "x86-64-v2", "x86-64-v3"]}
SPEC_STRESS = [["-O2", "--gc-stress"], ["-O0", "--gc-stress"]]  # scripts that create objects
SPEC_SHOWN = 100  # lines of failures; all are in the log


def run_scripts(build, name, options, files):
    """Runs the specification's scripts with one set of options."""
    say(f"--- {name}")
    start = time.monotonic()
    command = [*build.emulator, build.folder / "bin" / "wast", *options, *files]
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            check=False,
            encoding="utf-8",
            errors="replace",
            stdout=subprocess.PIPE,
            timeout=SUITE_TIMEOUT,
        )
        output, status = run.stdout, run.returncode
    except subprocess.TimeoutExpired:
        output, status = "", f"none after {SUITE_TIMEOUT} s"
    (build.results / f"{name}.log").write_text(output, encoding="utf-8")
    lines = output.splitlines()
    sum_line = re.fullmatch(
        r"(\d+) passed, (\d+) failed, (\d+) skipped", lines[-1] if lines else ""
    )
    tally = Tally(*map(int, sum_line.groups())) if sum_line else Tally(failed=1)
    if status != 0:
        say("\n".join(lines[:SPEC_SHOWN]))
        tally.failed = max(tally.failed, 1)
    elif tally.skipped:
        say(lines[-2])
    say(f"{name}: {tally} ({time.monotonic() - start:.0f} s)")
    return tally


def why_not(build, cpu):
    """Returns the loader's reason to refuse code for this CPU; empty if the code runs here."""
    with tempfile.TemporaryDirectory() as folder:
        artifact = Path(folder) / "add.so"
        module = ROOT / "test" / "lit" / "Inputs" / "add.wat"
        subprocess.run(
            [build.folder / "bin" / "wasm2obj", "--cpu", cpu, module, "-o", artifact], check=True
        )
        return subprocess.run(
            [build.folder / "bin" / "wasmrun", "--invoke", "add", artifact, "1", "2"],
            check=False,
            capture_output=True,
            encoding="utf-8",
        ).stderr


def run_vectors(build, files):
    """Runs the scripts about vectors as code for CPUs other than the host's."""
    total = Tally()
    for cpu in CPU_LEVELS.get(platform.machine(), []):
        if reason := why_not(build, cpu):
            say(f"--- spec-{cpu}\nNOT RUN: {reason}")
            total += Tally(skipped=1)
            continue
        for level in ["-O2", "-O0"]:
            total += run_scripts(build, f"spec{level}-{cpu}", [level, "--cpu", cpu], files)
    return total


def run_spec(build):
    scripts = spec_scripts.find(ROOT, build.folder)
    if scripts is None:
        say(
            "--- spec\nTHE SPECIFICATION'S SCRIPTS WERE NOT RUN: there is no directory of them, "
            "and neither cargo nor git can fetch them; set WASM_SPEC_DIR to have them run"
        )
        return Tally(skipped=1)
    total = run_scripts(build, "spec-front-end", SPEC_FRONT_END, scripts.run)
    # Sanitizers are slow, and with -O2 most of the time is spent in LLVM.
    for options in SPEC_CODE[1:2] if build.sanitizers else SPEC_CODE:
        name = "spec" + "".join(options).replace("--", "-")
        total += run_scripts(build, name, options, scripts.run)
    for options in SPEC_STRESS:
        name = "spec" + "".join(options).replace("--", "-")
        total += run_scripts(build, name, options, scripts.objects)
    return total if build.sanitizers else total + run_vectors(build, scripts.vectors)


def run_spec_emulated(build):
    """Runs the specification's scripts with code for the emulator's machine."""
    scripts = spec_scripts.find(ROOT, build.folder)
    if scripts is None:
        say("--- spec\nTHE SPECIFICATION'S SCRIPTS WERE NOT RUN: there is no directory of them")
        return Tally(skipped=1)
    total = Tally()
    for options, files in (
        (["-O2"], scripts.run),
        (["-O0"], scripts.vectors + scripts.objects),
        (["-O2", "--gc-stress"], scripts.objects),
    ):
        name = "spec" + "".join(options).replace("--", "-")
        total += run_scripts(build, name, options, files)
    return total


def run_corpora(build, programs):
    """Runs $WASM_CORPUS_DIR, or else shared/corpus and shared/corpus-next. The programs of the
    latter create objects (exceptions, garbage collection), so that they run in stress mode too, but
    not under the emulator, which takes hours for that."""
    shared = ROOT.parent / "shared"
    chosen = os.environ.get("WASM_CORPUS_DIR")
    folders = [Path(chosen)] if chosen else [shared / "corpus", shared / "corpus-next"]
    found = [folder for folder in folders if (folder / "cases.json").is_file()]
    if not found:
        say(
            "--- corpus\nNO REAL PROGRAMS WERE RUN: there is no corpus directory; "
            "set WASM_CORPUS_DIR to have them run"
        )
        return Tally(skipped=1)
    total = Tally()
    for folder in found:
        if folder.name == "corpus-next":
            stress = [] if build.emulator else ["--gc-stress"]
            total += run_corpus(build, programs, folder, folder.name, stress)
            name = "corpus-next-executables"
            emulator = f"--emulator={shlex.join(build.emulator)}"
            total += run_corpus(build, programs, folder, name, ["--executables", emulator])
        else:
            total += run_corpus(build, programs, folder, folder.name, [])
    return total


def run_corpus(build, programs, folder, name, options):
    return run_suite(
        build,
        name,
        [
            sys.executable,
            ROOT / "test" / "programs" / "run_corpus.py",
            "--bin",
            programs,
            "--junit",
            "@RESULTS@",
            *options,
            folder,
        ],
    )


def run_containers(build):
    """Runs containers by crun; it says itself if that is not possible here."""
    if not (build.folder / "lib/crun/handlers/crun_wasm2obj.so").exists():
        say("--- containers\nNO CONTAINERS WERE RUN: this build has no handler for crun")
        return Tally(skipped=1)
    runner = ROOT / "test" / "containers" / "run.py"
    return run_suite(
        build, "containers", [sys.executable, runner, "--junit", "@RESULTS@", build.folder]
    )


def run_on_emulator(build, compiler, jobs):
    os.environ["WASM2OBJ_BIN"] = str(compiler.folder / "bin")
    os.environ["PATH"] = f"{EMULATED_PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    total = run_unit(build, jobs)
    total += run_emulated(compiler, jobs)
    total += run_spec_emulated(build)
    return total + run_corpora(build, EMULATED_PROGRAMS)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build = Build(Path(sys.argv[1]).resolve())
    for name, value in SANITIZER_OPTIONS.items():
        os.environ.setdefault(name, value)
    jobs = len(os.sched_getaffinity(0))
    if build.emulator:
        total = run_on_emulator(build, Build(Path(sys.argv[2]).resolve()), jobs)
        say(str(total))
        return 1 if total.failed else 0
    total = run_unit(build, jobs)
    if build.has_compiler:
        total += run_lit(build, jobs)
        total += run_emulated(build, jobs)
        total += run_containers(build)
        total += run_spec(build)
        if build.sanitizers:
            say("--- corpus\nnot run with sanitizers")
            total += Tally(skipped=1)
        else:
            total += run_corpora(build, build.folder / "bin")
    else:
        say("--- lit, spec, corpus\nnot run without the compiler")
        total += Tally(skipped=3)
    say(str(total))
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
