"""page_test.py SCRATCH: builds and runs the examples of docs/rust.md as programs of another
package, which depends on the crate. The variables are those of the crate's own tests."""

import os
import subprocess
import sys
from pathlib import Path

from page import blocks, compile_guests

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/rust.md"
COUNT = 5  # of examples

PACKAGE = """
[package]
name = "examples"
version = "0.0.0"
edition = "2021"
"""


def main():
    scratch = Path(sys.argv[1])
    programs = scratch / "src/bin"
    programs.mkdir(parents=True, exist_ok=True)
    examples = [block for block in blocks(PAGE) if block.startswith("use ")]
    (dependencies,) = [block for block in blocks(PAGE) if block.startswith("[dependencies]")]
    assert len(examples) == COUNT, examples
    dependencies = dependencies.replace('"bindings/rust"', f'"{ROOT}/bindings/rust"')
    (scratch / "Cargo.toml").write_text(PACKAGE + dependencies, "utf-8")
    for number, example in enumerate(examples):
        (programs / f"example{number}.rs").write_text(example, "utf-8")
    compile_guests(PAGE, scratch, os.environ["WASM2OBJ_BIN"])
    subprocess.run(["cargo", "build", "--quiet", "--offline"], cwd=scratch, check=True)
    for number in range(COUNT):
        subprocess.run([f"target/debug/example{number}"], cwd=scratch, check=True)
    print(f"{COUNT} examples ran")


if __name__ == "__main__":
    main()
