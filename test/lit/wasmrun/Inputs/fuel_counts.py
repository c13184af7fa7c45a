"""fuel_counts.py WASM2OBJ WASMRUN MODULE FOLDER: checks the lines ";; COUNT EXPORT ARGUMENTS =
UNITS" of a module, for each of several ways to compile it. "out" instead of a number stands for a
call that consumes any fuel."""

import re
import subprocess
import sys
from pathlib import Path

WAYS = [
    ["-O0"],
    ["-O1"],
    ["-O2"],
    ["-O3"],
    ["-Os"],
    ["-O3", "--bounds=explicit"],
    ["-O2", "--exact-traps"],
    ["-O2", "--disable-pass=fuel-loop-versioning"],
]
LINE = re.compile(r"^;; COUNT (\w+)(.*) = (\w+)$", re.MULTILINE)
CONSUMED = re.compile(r"wasmrun: (\d+) of (\d+) units of fuel consumed")
TRAP_STATUS = 134
PLENTY = 100_000  # less than exhausts the stack
MUCH = 1000  # half of it is found to be consumed


def run(wasmrun: str, artifact: Path, fuel: int, call: list[str]) -> tuple[int, int, str]:
    """Returns the exit status, what was consumed, and the results."""
    command = [wasmrun, "-v", "--fuel", str(fuel), "--invoke", call[0], str(artifact), *call[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    consumed = CONSUMED.search(done.stderr)
    if not consumed:
        sys.exit(f"{command}: {done.stderr}")
    if done.returncode == TRAP_STATUS and "trap: all fuel consumed" not in done.stderr:
        sys.exit(f"{command}: {done.stderr}")
    return done.returncode, int(consumed[1]), done.stdout


def main() -> None:
    wasm2obj, wasmrun, module, folder = sys.argv[1:]
    rows = LINE.findall(Path(module).read_text(encoding="utf-8"))
    assert rows, "no COUNT"
    failures, results = [], {}

    def expect(what: str, found: object, wanted: object) -> None:
        if found != wanted:
            failures.append(f"{what}: {found} rather than {wanted}")

    for number, way in enumerate(WAYS):
        artifact = Path(folder) / f"{number}.so"
        subprocess.run([wasm2obj, "--count-fuel", *way, module, "-o", artifact], check=True)
        for name, arguments, units in rows:
            call = [name, *arguments.split()]
            what = " ".join([*way, *call])
            if units == "out":
                expect(what, run(wasmrun, artifact, PLENTY, call)[:2], (TRAP_STATUS, PLENTY))
                continue
            status, consumed, result = run(wasmrun, artifact, PLENTY, call)
            expect(what, (status, consumed), (0, int(units)))
            expect(what, result, results.setdefault((name, arguments), result))
            everything = run(wasmrun, artifact, int(units), call)
            expect(f"{what}, all", everything, (0, int(units), result))
            if int(units) >= MUCH:
                half = int(units) // 2
                expect(f"{what}, half", run(wasmrun, artifact, half, call)[:2], (TRAP_STATUS, half))
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
