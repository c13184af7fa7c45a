"""Containers by containerd, which calls crun: images of modules, imported from a file, that run
with the annotation as ctr and Kubernetes pass it.
"""

import shutil
import subprocess
import time
import unittest

from image import Image
from node import TIMEOUT, Node, run

CONFIG = """version = 2
root = "{folder}/root"
state = "{folder}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "{folder}/socket"
"""


def why_not():
    """Returns why containerd cannot be tested here, or an empty string."""
    for program in ("containerd", "ctr", "containerd-shim-runc-v2"):
        if shutil.which(program) is None:
            return f"{program} is not installed; `./dev test containers` installs it"
    return ""


class ContainerdTest(unittest.TestCase):
    node: Node  # set by the program that runs the tests

    @classmethod
    def setUpClass(cls):
        if reason := why_not():
            print(f"CONTAINERD WAS NOT TESTED: {reason}", flush=True)
            raise unittest.SkipTest(reason)
        cls.folder = cls.node.folder / "containerd"
        cls.folder.mkdir()
        config = cls.folder / "config.toml"
        config.write_text(CONFIG.format(folder=cls.folder))
        cls.log = open(cls.folder / "log", "w+", encoding="utf-8")
        cls.daemon = subprocess.Popen(
            ["containerd", "--config", config], stdout=cls.log, stderr=cls.log
        )
        deadline = time.monotonic() + TIMEOUT
        while cls.ctr("version", check=False).returncode:
            if cls.daemon.poll() is not None or time.monotonic() > deadline:
                cls.tearDownClass()
                raise AssertionError(f"containerd does not start: {cls.messages()}")
            time.sleep(0.1)
        for suffix in ("wasm", "so"):
            cls.add_image(suffix, (cls.node.modules / f"guest.{suffix}").read_bytes())

    @classmethod
    def add_image(cls, suffix, content):
        archive = cls.folder / "image.tar"
        archive.write_bytes(Image(f"localhost/{suffix}:1", f"guest.{suffix}", content).content)
        cls.ctr("images", "import", "--snapshotter=native", archive)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.terminate()
        cls.daemon.wait(TIMEOUT)
        cls.log.close()

    @classmethod
    def messages(cls):
        return (cls.folder / "log").read_text()[-3000:]

    @classmethod
    def ctr(cls, *words, check=True):
        return run("ctr", "--address", cls.folder / "socket", *words, check=check)

    def run_image(self, name, *words, annotation="run.oci.handler=wasm2obj"):
        container = self.id().rsplit(".", maxsplit=1)[-1] + str(time.monotonic_ns())
        return self.ctr(
            "run",
            "--rm",
            "--snapshotter=native",
            f"--runc-binary={self.node.crun_without_cgroups}",
            f"--annotation={annotation}",
            f"localhost/{name}:1",
            container,
            *words,
            check=False,
        )

    def expect(self, result, status, output):
        found = (result.returncode, result.stdout)
        self.assertEqual(found, (status, output), result.stderr + self.messages())

    def test_artifact(self):
        words = ("/guest.so", "show", "a b")
        result = self.run_image("so", *words)
        self.expect(result, 0, "/guest.so|show|a b|PATH=/bin|OF_IMAGE=1|HOME=/|PWD=/|")
        self.assertEqual(self.run_image("so", "/guest.so", "trap").returncode, 134)

    def test_module(self):
        self.node.clear_cache()
        for annotation in (
            "run.oci.handler=wasm2obj",
            "run.oci.handler=wasm",
            "module.wasm.image/variant=compat",
        ):
            result = self.run_image("wasm", "/guest.wasm", "exit", annotation=annotation)
            self.expect(result, 42, "")
        self.assertEqual(len(self.node.cached()), 1)

    def test_entry_point_of_the_image(self):
        result = self.run_image("wasm")
        self.expect(result, 0, "/guest.wasm|PATH=/bin|OF_IMAGE=1|HOME=/|PWD=/|")

    def test_container_that_cannot_start(self):
        result = self.run_image("wasm", "/guest.wasm", annotation="other=1")
        self.assertNotEqual(result.returncode, 0)
        result = self.run_image("wasm", "/missing.wasm")
        self.expect(result, 127, "")
        self.assertIn("there is no such file", result.stderr)

    def test_invalid_module(self):
        self.add_image("bad", b"\0asm\1\0\0\0\1\2\3")
        result = self.run_image("bad")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("/guest.bad: cannot be compiled: ", result.stderr)
        self.assertIn("/guest.bad:0x8: length out of bounds", result.stderr)
