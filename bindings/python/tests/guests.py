"""The modules that the tests run, compiled once for each process."""

import atexit
import functools
import os
import subprocess
import tempfile
from pathlib import Path

import wasm2obj

ROOT = Path(__file__).resolve().parents[3]
_GUESTS = ROOT / "bindings/guests"
_EMBEDDED = ROOT / "test/lit/embed/Inputs"  # shared with the tests of the C interface
_folder = tempfile.TemporaryDirectory()
atexit.register(_folder.cleanup)


def compiler():
    """Returns the path of wasm2obj."""
    return os.environ["WASM2OBJ_BIN"] + "/wasm2obj"


@functools.cache
def path_of(name):
    """Returns the path of the compiled module of a name."""
    source = _GUESTS / f"{name}.wat"
    if not source.exists():
        source = _EMBEDDED / f"{name}.wat"
    path = Path(_folder.name) / f"{name}.so"
    subprocess.run([compiler(), "-O0", "--count-fuel", source, "-o", path], check=True)
    return path


@functools.cache
def module_of(name):
    """Returns the module of a name."""
    return wasm2obj.Module.open(path_of(name))


def instance_of(name, **options):
    """Returns a new instance of the module of a name."""
    return wasm2obj.Instance(module_of(name), **options)
