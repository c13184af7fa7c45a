#!/usr/bin/env python3
"""run_spec.py --bin DIR --host PROGRAM [--junit FILE] [--level -O2] [--only NAME] FOLDER

Runs the specification's test scripts (FOLDER/*.wast): every assertion about running, linking and
validating. wabt's wast2json turns a script into commands and binary modules; a script that it cannot
read, and assertions about the text format, count as skipped. wasm2obj compiles each module, spec_host
runs them.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REFUSAL = re.compile(r"needs ([a-z0-9-]+)")
ANSWER_TIMEOUT = 60

# The scripts' older or shorter wording, against ours.
SAME_TRAP = {
    "indirect call": "indirect call type mismatch",
    "uninitialized": "uninitialized element",
    "undefined": "undefined element",
    "out of bounds table access": "undefined element",
}


class Host:
    """A spec_host process, and the line it answers with."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, *words):
        try:
            self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            return "died", f"with status {self.process.wait()}"
        kind, _, rest = answer.rstrip("\n").partition(" ")
        return kind, rest

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=ANSWER_TIMEOUT)


def hex_name(name):
    return "x" + name.encode("utf-8", "surrogatepass").hex()


def value_word(value):
    kind, text = value["type"], value.get("value", "")
    if text == "null" or kind == "funcref":
        return f"{kind}:{text or 'func'}"
    return f"{kind}:{int(text):x}"


def is_nan(kind, bits, arithmetic):
    """Canonical: only the quiet bit of the payload. Arithmetic: the quiet bit and any others."""
    width, fraction = (32, 23) if kind == "f32" else (64, 52)
    quiet = 1 << (fraction - 1)
    exponent = ((1 << (width - 1 - fraction)) - 1) << fraction
    if bits & exponent != exponent:
        return False
    payload = bits & ((1 << fraction) - 1)
    return bool(payload & quiet) if arithmetic else payload == quiet


def matches(expected, actual):
    kind, _, bits = actual.partition(":")
    if kind != expected["type"]:
        return False
    wanted = expected.get("value")
    if wanted is None:
        return bits != "null"
    if wanted in ("nan:canonical", "nan:arithmetic"):
        return is_nan(kind, int(bits, 16), wanted == "nan:arithmetic")
    return actual == value_word(expected)


class Script:
    """One test script: runs its commands in order and collects (line, outcome, detail)."""

    def __init__(self, path, options, folder):
        self.path, self.options, self.folder = path, options, folder
        self.host = Host(options.host)
        self.results = []
        self.instances = {}  # by name; None is the latest
        self.unregistered = set()  # module names that skipped modules would have had
        self.skipped_module = ""  # why one was skipped: what it would have written is missing
        self.count = 0

    def compile(self, command):
        """(artifact or None, message)"""
        module = self.folder / command["filename"]
        artifact = module.with_suffix(".so")
        run = subprocess.run([self.options.bin / "wasm2obj", self.options.level, "-j1", module, "-o",
                              artifact], capture_output=True, check=False)
        message = run.stderr.decode(errors="replace").strip()
        if run.returncode not in (0, 1) or (run.returncode == 0) != artifact.exists():
            return None, f"wasm2obj crashed: status {run.returncode}: {message[-300:]}"
        return (artifact if run.returncode == 0 else None), message

    def instantiate(self, command):
        """("ok" or what went wrong, or "skipped"; detail)"""
        artifact, message = self.compile(command)
        if artifact is None:
            refusal = REFUSAL.search(message)
            if refusal is None:
                return "uncompiled", message
            self.skipped_module = refusal[0]
            return "skipped", refusal[0]
        self.count += 1
        kind, detail = self.host.ask("load", self.count, artifact)
        artifact.unlink()
        unknown = re.match(r"unknown import ([^.]*)\.", detail)
        if kind == "unlinkable" and unknown and unknown[1] in self.unregistered:
            return "skipped", f"imports {unknown[1]}, which was skipped"
        return kind, detail

    def act(self, action):
        instance = self.instances.get(action.get("module"))
        if instance is None:
            return "missing", "its module is not there"
        values = [value_word(value) for value in action.get("args", [])]
        return self.host.ask(action["type"], instance, hex_name(action["field"]), *values)

    # One method per kind of command; each returns (outcome, detail).

    def module(self, command):
        kind, detail = self.instantiate(command)
        self.instances[None] = self.count if kind == "ok" else None
        if "name" in command:
            self.instances[command["name"]] = self.instances[None]
        if kind == "ok":
            return "passed", ""
        if kind == "skipped":
            return kind, detail
        return "failed", f"{kind} {detail}"

    def register(self, command):
        instance = self.instances.get(command.get("name"))
        if instance is None:
            self.unregistered.add(command["as"])
            return "missing", "its module is not there"
        kind, detail = self.host.ask("register", instance, hex_name(command["as"]))
        return ("passed" if kind == "ok" else "failed"), detail

    def assert_return(self, command):
        kind, detail = self.act(command["action"])
        if kind == "missing":
            return kind, detail
        actual = detail.split() if kind == "ok" else None
        expected = command["expected"]
        if actual is not None and len(actual) == len(expected) and \
                all(matches(*pair) for pair in zip(expected, actual)):
            return "passed", ""
        return "failed", f"{command['action']}: {kind} {detail}, expected {expected}"

    def action(self, command):
        kind, detail = self.act(command["action"])
        if kind == "missing":
            return kind, detail
        return ("passed" if kind == "ok" else "failed"), f"{kind} {detail}"

    def assert_trap(self, command):
        kind, detail = self.act(command["action"])
        if kind == "missing":
            return kind, detail
        wanted = command["text"]
        same = detail.startswith(wanted) or wanted.startswith(detail) or \
            detail.startswith(SAME_TRAP.get(wanted, wanted)) or SAME_TRAP.get(detail) == wanted
        if kind == "trap" and same:
            return "passed", ""
        return "failed", f"{command['action']}: {kind} {detail}, expected trap {wanted}"

    assert_exhaustion = assert_trap

    def expect_instantiation(self, command, wanted):
        kind, detail = self.instantiate(command)
        if kind == "skipped":
            return kind, detail
        return ("passed" if kind == wanted else "failed"), f"{kind} {detail}"

    def assert_uninstantiable(self, command):
        return self.expect_instantiation(command, "trap")

    def assert_unlinkable(self, command):
        return self.expect_instantiation(command, "unlinkable")

    def assert_invalid(self, command):
        if command["module_type"] == "text":
            return "skipped", "of the text format"
        artifact, message = self.compile(command)
        if artifact is None and message.startswith("wasm2obj: error: "):
            return "passed", ""
        return "failed", f"{message or 'accepted'}, expected {command['text']}"

    assert_malformed = assert_invalid

    def run(self, commands):
        for command in commands:
            if self.host.process.poll() is not None:
                self.results.append((command["line"], "failed", "spec_host has died"))
                break
            outcome, detail = getattr(self, command["type"])(command)
            if outcome == "failed" and self.skipped_module:
                outcome, detail = "skipped", f"after a module that {self.skipped_module}: {detail}"
            if outcome != "missing":  # the skipped module stands for all that needs it
                self.results.append((command["line"], outcome, detail))
        self.host.close()
        return self.results


def run_script(path, options):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        output = folder / "script.json"
        run = subprocess.run(["wast2json", "--enable-all", path, "-o", output],
                             capture_output=True, check=False)
        if run.returncode != 0:
            return [(0, "skipped", "wast2json cannot read it")]
        return Script(path, options, folder).run(json.loads(output.read_text())["commands"])


def write_junit(file, results):
    suite = ElementTree.Element("testsuite", name="spec")
    for path, lines in results:
        for line, outcome, detail in lines:
            case = ElementTree.SubElement(suite, "testcase", name=f"{path.name}:{line}")
            if outcome != "passed":
                tag = "failure" if outcome == "failed" else "skipped"
                ElementTree.SubElement(case, tag, message=re.sub(r"[^\x20-\x7e]", "?", detail))
    ElementTree.ElementTree(suite).write(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=Path, required=True)
    parser.add_argument("--host", type=Path, required=True)
    parser.add_argument("--junit")
    parser.add_argument("--level", default="-O2")
    parser.add_argument("--only", help="scripts whose name contains this")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.bin, options.host = options.bin.resolve(), options.host.resolve()
    scripts = [path for path in sorted(options.folder.glob("**/*.wast"))
               if not options.only or options.only in path.stem]
    start = time.monotonic()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        results = list(zip(scripts, pool.map(lambda path: run_script(path, options), scripts)))
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path, lines in results:
        failures = [(line, detail) for line, outcome, detail in lines if outcome == "failed"]
        for line, detail in failures[:5]:
            print(f"FAILED {path.name}:{line}: {detail[:400]}")
        if len(failures) > 5:
            print(f"FAILED {path.name}: {len(failures) - 5} more")
        for _, outcome, _ in lines:
            counts[outcome] += 1
    if options.junit:
        write_junit(options.junit, results)
    print(f"{len(scripts)} scripts in {time.monotonic() - start:.0f} s: " +
          ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
