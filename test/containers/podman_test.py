"""Containers by podman, which calls crun. The annotation is the command's or the image's."""

import os
import shutil
import unittest

from image import Image
from node import Node, run

# The limits are lower than podman's own ones, which need rights of the real root.
CONFIG = """[containers]
cgroups = "disabled"
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
log_driver = "k8s-file"
netns = "none"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
[engine.runtimes]
crun = ["{crun}"]
"""
POLICY = '{"default": [{"type": "insecureAcceptAnything"}]}'


def why_not():
    """Returns why podman cannot be tested here, or an empty string."""
    if shutil.which("podman") is None:
        return "podman is not installed; `./dev test containers` installs it"
    return ""


class PodmanTest(unittest.TestCase):
    node: Node  # set by the program that runs the tests

    @classmethod
    def setUpClass(cls):
        if reason := why_not():
            print(f"PODMAN WAS NOT TESTED: {reason}", flush=True)
            raise unittest.SkipTest(reason)
        cls.folder = cls.node.folder / "podman"
        cls.folder.mkdir()
        (cls.folder / "policy.json").write_text(POLICY)
        config = cls.folder / "containers.conf"
        config.write_text(CONFIG.format(crun=cls.node.crun_without_cgroups))
        cls.environment = {**os.environ, "CONTAINERS_CONF": str(config)}
        cls.add_image("wasm", {})
        cls.add_image("so", {"run.oci.handler": "wasm2obj"})

    @classmethod
    def add_image(cls, suffix, annotations):
        content = (cls.node.modules / f"guest.{suffix}").read_bytes()
        image = Image(f"localhost/{suffix}:1", f"guest.{suffix}", content, annotations)
        archive = cls.folder / f"{suffix}.tar"
        archive.write_bytes(image.content)
        policy = cls.folder / "policy.json"
        cls.podman("load", "--signature-policy", policy, "--input", archive)

    @classmethod
    def podman(cls, *words, check=True):
        root = ("--root", cls.folder / "root", "--runroot", cls.folder / "run")
        command = ("podman", *root, "--storage-driver=vfs", *words)
        result = run(*command, check=False, env=cls.environment)
        if check and result.returncode:
            raise AssertionError(f"{words}: {result.stderr}")
        return result

    def expect(self, result, status, output):
        self.assertEqual((result.returncode, result.stdout), (status, output), result.stderr)

    def test_annotation_of_the_command_line(self):
        self.node.clear_cache()
        words = ("run", "--rm", "--annotation=run.oci.handler=wasm2obj", "localhost/wasm:1")
        self.expect(self.podman(*words, "exit", check=False), 42, "")
        # A volume, a user, and the working directory.
        (self.folder / "file").write_text("of the host\n")
        options = (f"--volume={self.folder}:/data:ro", "--user=1000:1000", "--workdir=/data")
        result = self.podman(*words[:-1], *options, words[-1], "read", "data/file")
        self.expect(result, 0, "of the host\n")
        result = self.podman(*words[:-1], *options, words[-1], "show")
        self.assertRegex(result.stdout, r"\|PWD=/data\|")
        self.assertEqual(len(self.node.cached()), 1)

    def test_annotation_of_the_image(self):
        result = self.podman("run", "--rm", "localhost/so:1", "show", "a b")
        self.assertTrue(result.stdout.startswith("/guest.so|show|a b|"), result.stdout)
