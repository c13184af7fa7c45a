#!/usr/bin/env python3
"""Runs litmus tests of the memory model by threads of one program (wasi-threads).

    test/litmus/run.py --bin build/release/bin --count 1000000 [--options="-O3"] [NAME...]

Each test is a module that is generated from litmus_tests.py, compiled, and run once. Its threads do
the same rounds, each with bytes of its own, in batches that begin at a barrier. Prints the tests in
which an outcome is forbidden, and how often.
"""

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from litmus_tests import TESTS

# Addresses: the count of rounds, the barrier, and the threads that have ended. The rounds follow,
# with 64 bytes each: x at 0, y at 16, registers from 32 on.
COUNT, BARRIER, ENDED, ROUNDS = 0, 64, 128, 256
ROUND_SIZE = 64
BATCH = 256
PAGE = 65536


def thread_function(number, statements):
    body = "\n        ".join(statements)
    return f"""
  (func $thread{number} (param $count i32) (local $round i32) (local $x i32) (local $y i32)
                        (local $i i32) (local $wide i64)
    (loop $next
      (if (i32.eqz (i32.and (local.get $round) (i32.const {BATCH - 1})))
        (then (call $barrier (local.get $round))))
      (local.set $x (i32.add (i32.const {ROUNDS})
                             (i32.mul (local.get $round) (i32.const {ROUND_SIZE}))))
      (local.set $y (i32.add (local.get $x) (i32.const 16)))
        {body}
      (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1)))
                             (local.get $count)))))"""


def barrier(threads):
    return f"""
  ;; Waits until all threads are at this round, which is a multiple of the batch.
  (func $barrier (param $round i32) (local $wanted i32) (local $arrived i32)
    (local.set $wanted
      (i32.mul (i32.add (i32.div_u (local.get $round) (i32.const {BATCH})) (i32.const 1))
               (i32.const {threads})))
    (local.set $arrived
      (i32.add (i32.atomic.rmw.add (i32.const {BARRIER}) (i32.const 1)) (i32.const 1)))
    (if (i32.eq (local.get $arrived) (local.get $wanted))
      (then
        (drop (memory.atomic.notify (i32.const {BARRIER}) (i32.const -1)))
        (return)))
    (loop $again
      (local.set $arrived (i32.atomic.load (i32.const {BARRIER})))
      (if (i32.lt_u (local.get $arrived) (local.get $wanted))
        (then
          (drop (memory.atomic.wait32 (i32.const {BARRIER}) (local.get $arrived) (i64.const -1)))
          (br $again)))))
"""


def module(test, count):
    threads = len(test.threads)
    pages = (ROUNDS + count * ROUND_SIZE + PAGE - 1) // PAGE
    forbidden = test.forbidden
    for number in range(8):
        register = f"(i32.load offset={32 + 4 * number} (local.get $x))"
        forbidden = forbidden.replace(f"(r{number})", register)
    functions = "".join(thread_function(i, body) for i, body in enumerate(test.threads))
    starts = "\n    ".join(
        f"(if (i32.eq (local.get $thread) (i32.const {i}))"
        f" (then (call $thread{i} (i32.load (i32.const {COUNT})))))"
        for i in range(threads)
    )
    return f"""
(module
  (import "env" "memory" (memory {pages} {pages} shared))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  {barrier(threads)}
  {functions}
  (func $run (param $thread i32)
    {starts}
    (drop (i32.atomic.rmw.add (i32.const {ENDED}) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const {ENDED}) (i32.const -1))))
  (func (export "wasi_thread_start") (param $id i32) (param $thread i32)
    (call $run (local.get $thread)))
  ;; Returns how many rounds have a forbidden outcome.
  (func (export "run") (param $count i32) (result i32)
        (local $i i32) (local $x i32) (local $y i32) (local $round i32) (local $found i32)
    (i32.store (i32.const {COUNT}) (local.get $count))
    (local.set $i (i32.const 1))
    (loop $more
      (if (i32.le_s (call $spawn (local.get $i)) (i32.const 0)) (then (unreachable)))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                             (i32.const {threads}))))
    (call $run (i32.const 0))
    (loop $wait
      (local.set $i (i32.atomic.load (i32.const {ENDED})))
      (if (i32.lt_u (local.get $i) (i32.const {threads}))
        (then
          (drop (memory.atomic.wait32 (i32.const {ENDED}) (local.get $i) (i64.const -1)))
          (br $wait))))
    (loop $check
      (local.set $x (i32.add (i32.const {ROUNDS})
                             (i32.mul (local.get $round) (i32.const {ROUND_SIZE}))))
      (local.set $y (i32.add (local.get $x) (i32.const 16)))
      {forbidden}
      (if (then (local.set $found (i32.add (local.get $found) (i32.const 1)))))
      (br_if $check (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1)))
                              (local.get $count))))
    (local.get $found)))
"""


def run(test, arguments, folder):
    """Returns an error message, or None."""
    source, artifact = folder / "litmus.wat", folder / "litmus.so"
    source.write_text(module(test, arguments.count))
    compiler = [arguments.bin / "wasm2obj", *shlex.split(arguments.options), source, "-o", artifact]
    runner = [arguments.bin / "wasmrun", "--invoke", "run", artifact, str(arguments.count)]
    for command in (compiler, runner):
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            return f"exit status {done.returncode}: {done.stdout}{done.stderr}"
    found = int(done.stdout.strip())
    return f"a forbidden outcome in {found} of {arguments.count} rounds" if found else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=Path, required=True, help="the folder of the programs")
    parser.add_argument("--count", type=int, default=100_000, help="rounds of each test")
    parser.add_argument("--options", default="-O2", help="of the compiler")
    parser.add_argument("names", nargs="*", help="parts of the names of tests; default: all")
    arguments = parser.parse_args()
    tests = [
        test
        for test in TESTS
        if not arguments.names or any(name in test.name for name in arguments.names)
    ]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for test in tests:
            error = run(test, arguments, Path(folder))
            if error:
                failures += 1
                print(f"{test.name}: {error}")
    print(f"{len(tests)} tests of {arguments.count} rounds, {failures} failures")
    return 1 if failures or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
