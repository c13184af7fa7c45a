"""The wheel: made of the tree, installed in a fresh environment, and used there."""

import os
import subprocess
import sys
import tempfile
import unittest
import venv
import zipfile
from pathlib import Path

from guests import ROOT, path_of

PACKAGE = ROOT / "bindings/python"
# What builds the wheel, and the packages of Debian's that have it.
NEEDED = "import setuptools, wheel, pip"  # setuptools has to be the first
PACKAGES = "python3-pip python3-setuptools python3-wheel"


def builder():
    """Returns a Python that can build wheels without a network."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", NEEDED], capture_output=True, check=False).returncode == 0:
            return python
    raise RuntimeError(f"no Python here has {PACKAGES}")


class Wheel(unittest.TestCase):
    def test_it_is_installed_and_used(self):
        with tempfile.TemporaryDirectory() as scratch:
            self.build_and_use(builder(), Path(scratch))

    def build_and_use(self, python, scratch):
        pip = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
        offline = ["--no-index", "--no-deps"]
        before = sorted(PACKAGE.rglob("*"))
        build = ["wheel", *offline, "--no-build-isolation", "-w", scratch, PACKAGE]
        self.run_program(*pip, *build)
        self.assertEqual(sorted(PACKAGE.rglob("*")), before)
        (wheel,) = scratch.glob("*.whl")
        self.assertRegex(wheel.name, r"^wasm2obj-\d+\.\d+\.\d+-py3-none-linux_\w+\.whl$")
        names = zipfile.ZipFile(wheel).namelist()
        self.assertTrue({"wasm2obj/libwasmrt.so", "wasm2obj/py.typed"} <= set(names), names)
        venv.create(scratch / "venv", with_pip=False, symlinks=True)
        installed = scratch / "venv/bin/python"
        self.run_program(*pip, "--python", installed, "install", *offline, wheel)
        example = Path(__file__).with_name("example.py")
        output = self.run_program(installed, "-I", example, path_of("values"))
        self.assertRegex(output, r"^42\n.*unreachable.*\n.*\$inner\n.*\$trap\n$")

    def run_program(self, *command):
        """Runs a program, which uses nothing of the tree, and returns its output."""
        kept = ("PATH", "HOME", "TMPDIR")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        if "wheel" in command:
            environment["WASM2OBJ_LIBRARY"] = os.environ["WASM2OBJ_LIBRARY"]
        run = subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run.stdout


if __name__ == "__main__":
    unittest.main()
