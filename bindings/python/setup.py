"""Makes a wheel with the libwasmrt.so of a build of this tree: that of the environment variable
WASM2OBJ_LIBRARY, or else of build/release."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel

ROOT = Path(__file__).resolve().parents[2]


class BuildWithLibrary(build_py):
    """Puts the library beside the modules that load it."""

    def run(self):
        super().run()
        library = os.environ.get("WASM2OBJ_LIBRARY", ROOT / "build/release/lib/libwasmrt.so")
        shutil.copyfile(library, Path(self.build_lib) / "wasm2obj" / "libwasmrt.so")


class BinaryDistribution(Distribution):
    """Has machine code, though no extension modules."""

    def has_ext_modules(self):
        return True


class WheelForAnyPython(bdist_wheel):
    """A wheel for this machine, and for any version of Python since ctypes loads the library."""

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2])


def version():
    """Returns the project's version, which CMake's file has."""
    return re.search(r"VERSION (\d+\.\d+\.\d+)", (ROOT / "CMakeLists.txt").read_text("utf-8"))[1]


# Nothing is written into the source tree.
scratch = tempfile.mkdtemp()
atexit.register(shutil.rmtree, scratch, ignore_errors=True)

setup(
    version=version(),
    distclass=BinaryDistribution,
    cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": WheelForAnyPython},
    options={"build": {"build_base": scratch}, "egg_info": {"egg_base": scratch}},
)
