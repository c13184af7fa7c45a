#!/usr/bin/env python3
"""run_corpus.py --bin DIR [--junit FILE] [--only NAME] [--gc-stress]
              [--executables [--emulator COMMAND]] CORPUS

Runs real programs and compares their output with recorded output. A corpus directory holds
  cases.json     a list of cases: id, module, and optionally args, stdin, env, argv0, timeout,
                 `trap` (any failure is right), `mask` (patterns of output that varies), `dirs`
                 (guest path -> folder of fixtures, or null for an empty one), `rw` (guest paths
                 that are copied first), `out_files` ([guest path, file] pairs to compare)
  fixtures/      the input of the cases
  expected/      ID.stdout, and ID.json with `exit` and the SHA-256 of each output file
  compile/       modules that are only compiled

With --gc-stress, each case that passes runs once more with that option of wasmrun. With
--executables, the modules become executables instead of artifacts, which the words of COMMAND run.
"""

import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# Larger modules are compiled with -O0: optimizing them takes minutes.
OPTIMIZED_UP_TO = 4 << 20
COMPILED_UP_TO = 2 << 20
COMPILE_TIMEOUT = 900
# Cases that allocate millions of objects, each of which would be a collection.
NOT_STRESSED = {"kotlin-binarytrees"}


class Report:
    """Collects outcomes, prints each at once, and writes JUnit XML."""

    def __init__(self):
        self.suite = ElementTree.Element("testsuite", name="corpus")
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}

    def add(self, name, outcome, detail="", seconds=0.0):
        self.counts[outcome] += 1
        case = ElementTree.SubElement(self.suite, "testcase", name=name, time=f"{seconds:.2f}")
        if outcome != "passed":
            tag = "failure" if outcome == "failed" else "skipped"
            ElementTree.SubElement(case, tag, message=re.sub(r"[^\n\x20-\x7e]", "?", detail))
        print(f"{outcome:8}{name:40}{seconds:7.1f} s  {detail}", flush=True)

    def write(self, file):
        ElementTree.ElementTree(self.suite).write(file)


class Compiler:
    """Compiles each module once, and keeps the reason if that fails."""

    def __init__(self, program, folder, suffix):
        self.program = program
        self.folder = folder
        self.suffix = suffix  # of the outputs, which tells their kind
        self.done = {}

    def compile(self, module, level):
        """Returns (artifact or None, outcome, detail)."""
        if module not in self.done:
            self.done[module] = self._compile(module, level)
        return self.done[module]

    def _compile(self, module, level):
        artifact = self.folder / (module.stem.replace(".", "_") + self.suffix)
        try:
            run = subprocess.run(
                [self.program, module, "-o", artifact, level],
                check=False,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=COMPILE_TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            return None, "failed", f"wasm2obj: no end after {COMPILE_TIMEOUT} s"
        message = run.stderr.decode(errors="replace").strip()
        if run.returncode == 0 and artifact.exists():
            return artifact, "passed", ""
        return None, "failed", f"wasm2obj: exit status {run.returncode}: {message[-500:]}"


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "MISSING"


def grant_folders(case, corpus, scratch):
    """Returns a dictionary from guest paths to host folders. Folders to write to are copied."""
    granted = {}
    for guest, fixture in case.get("dirs", {}).items():
        source = corpus / "fixtures" / fixture if fixture else None
        if source and guest not in case.get("rw", []):
            granted[guest] = source
            continue
        granted[guest] = scratch / f"dir{len(granted)}"
        if source:
            shutil.copytree(source, granted[guest])
        else:
            granted[guest].mkdir()
    return granted


def differences(case, expected, status, output, files):
    found = []
    if case.get("trap"):
        if status == 0:
            found.append("exit status 0, expected a trap")
    elif status != expected["exit"]:
        found.append(f"exit status {status}, expected {expected['exit']}")
    if output != expected["stdout"]:
        found.append(
            f"{len(output)} bytes of output differ from the expected " f"{len(expected['stdout'])}"
        )
    if files != expected["files"]:
        found.append("written files differ")
    return found


def run_case(case, artifact, runner, corpus, scratch, options=()):
    """Returns (outcome, detail). The words of `runner` run the artifact. The options are wasmrun's,
    or an executable's."""
    granted = grant_folders(case, corpus, scratch)
    words = [*options, "--argv0", case.get("argv0", Path(case["module"]).name)]
    for name, value in case.get("env", {}).items():
        words += ["--env", f"{name}={value}"]
    for guest, host in granted.items():
        words += ["--dir", f"{host}::{guest}"]
    environment = dict(os.environ)
    if artifact.suffix == ".so":
        command = [*runner, *words, artifact, *case.get("args", [])]
    else:
        environment["WASM2OBJ_OPTIONS"] = shlex.join(words)
        command = [*runner, artifact, *case.get("args", [])]
    stdin = corpus / "fixtures" / case["stdin"] if "stdin" in case else Path("/dev/null")
    with open(stdin, "rb") as source:
        try:
            run = subprocess.run(
                command,
                env=environment,
                stdin=source,
                capture_output=True,
                check=False,
                timeout=case.get("timeout", 300),
            )
        except subprocess.TimeoutExpired:
            return "failed", "no end"
    output = run.stdout
    for pattern in case.get("mask", []):
        output = re.sub(pattern.encode(), b"<masked>", output)
    files = {
        f"{guest}:{path}": sha256(granted[guest] / path)
        for guest, path in case.get("out_files", [])
    }
    expected = json.loads((corpus / "expected" / f"{case['id']}.json").read_text())
    expected["stdout"] = (corpus / "expected" / f"{case['id']}.stdout").read_bytes()
    found = differences(case, expected, run.returncode, output, files)
    if not found:
        return "passed", ""
    return "failed", "; ".join(found) + "\n" + run.stderr.decode(errors="replace")[-2000:]


def run_stressed(case, artifact, runner, corpus, report):
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        outcome, detail = run_case(case, artifact, runner, corpus, Path(scratch), ("--gc-stress",))
    report.add(f"{case['id']} --gc-stress", outcome, detail, time.monotonic() - start)


def run_cases(cases, corpus, runner, compiler, report, is_stressed):
    for case in cases:
        module = corpus / case["module"]
        level = "-O2" if module.stat().st_size <= OPTIMIZED_UP_TO else "-O0"
        start = time.monotonic()
        fresh = module not in compiler.done
        artifact, outcome, detail = compiler.compile(module, level)
        compile_time = time.monotonic() - start
        if artifact:
            with tempfile.TemporaryDirectory() as scratch:
                outcome, detail = run_case(case, artifact, runner, corpus, Path(scratch))
        if fresh and outcome == "passed":
            detail = f"{compile_time:.1f} s of it wasm2obj {level}"
        report.add(case["id"], outcome, detail, time.monotonic() - start)
        if is_stressed and outcome == "passed" and case["id"] not in NOT_STRESSED:
            run_stressed(case, artifact, runner, corpus, report)


def compile_only(modules, compiler, report):
    for module in modules:
        start = time.monotonic()
        artifact, outcome, detail = compiler.compile(module, "-O0")
        report.add(f"compile {module.stem}", outcome, detail, time.monotonic() - start)
        if artifact:
            artifact.unlink()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=Path, required=True)
    parser.add_argument("--junit")
    parser.add_argument("--only", help="cases and modules whose name contains this")
    parser.add_argument("--gc-stress", action="store_true", help="run each case in that mode too")
    parser.add_argument("--executables", action="store_true", help="make executables")
    parser.add_argument("--emulator", default="", help="what runs executables, in words")
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    corpus = options.corpus.resolve()
    cases = json.loads((corpus / "cases.json").read_text(encoding="utf-8"))
    modules = [
        m for m in sorted(corpus.glob("compile/*.wasm")) if m.stat().st_size <= COMPILED_UP_TO
    ]
    if options.only:
        cases = [case for case in cases if options.only in case["id"]]
        modules = [module for module in modules if options.only in module.stem]
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        suffix = "" if options.executables else ".so"
        runner = [options.bin.resolve() / "wasmrun"]
        if options.executables:
            runner = shlex.split(options.emulator)
        compiler = Compiler((options.bin / "wasm2obj").resolve(), Path(folder), suffix)
        run_cases(cases, corpus, runner, compiler, report, options.gc_stress)
        if not options.executables:  # of modules without _start
            compile_only(modules, compiler, report)
    if options.junit:
        report.write(options.junit)
    print(", ".join(f"{count} {outcome}" for outcome, count in report.counts.items()))
    return 1 if report.counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
