"""A node for the tests of containers: this machine, in a mount namespace in which the handler and
the compiler are installed. Nothing of it is visible outside, or stays.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
HANDLERS = Path("/usr/lib/x86_64-linux-gnu/crun/handlers")
COMPILER = Path("/usr/bin/wasm2obj")
CACHE = Path("/var/cache/wasm2obj")
# crun without cgroups, which containers of tests have no permission for in many places.
CRUN = '#!/bin/sh\nexec crun --cgroup-manager=disabled "$@"\n'
INSIDE = "WASM2OBJ_TEST_NODE"  # set in the mount namespace
TIMEOUT = 60  # seconds, for a command


def run(*command, check=True, **options):
    """Runs a command, and returns its result with its output as text."""
    return subprocess.run(
        [str(word) for word in command],
        check=check,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=TIMEOUT,
        **options,
    )


def why_not():
    """Returns why no container can be run here, or an empty string."""
    if os.uname().machine != "x86_64":
        return "the tests know the directories of x86-64 only"
    if shutil.which("crun") is None:
        return "crun is not installed"
    if os.geteuid() != 0:
        return "that needs root"
    probe = run("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt", check=False)
    if probe.returncode:
        return f"mount namespaces are not permitted: {probe.stderr.strip()}"
    return ""


def enter():
    """Executes this program again, in a mount namespace."""
    if INSIDE not in os.environ:
        os.environ[INSIDE] = "1"
        # Mounts do not propagate out of the namespace.
        os.execvp(
            "unshare", ["unshare", "--mount", "--propagation=private", sys.executable, *sys.argv]
        )


class NoContainers(Exception):
    """This machine does not permit what containers need. The argument is the reason."""


class Node:
    """The node. Its files are in `folder`, where a file system in memory is mounted."""

    folder = Path("/mnt")

    def __init__(self, build):
        self.build = build
        try:
            self._mount()
        except subprocess.CalledProcessError as error:
            command = " ".join(map(str, error.cmd))
            raise NoContainers(f"{command}: {error.stderr.strip()}") from error
        self.modules = self.folder / "modules"
        self.modules.mkdir()
        self._make_native()
        HANDLERS.mkdir(parents=True, exist_ok=True)
        shutil.copy(build / "lib/crun/handlers/crun_wasm2obj.so", HANDLERS)
        self.install_compiler()
        self.crun_without_cgroups = self.folder / "crun"
        self.crun_without_cgroups.write_text(CRUN)
        self.crun_without_cgroups.chmod(0o755)
        guest = SOURCE / "guest.wat"
        run(COMPILER, guest, "--emit=wasm", "-o", self.modules / "guest.wasm")
        run(COMPILER, guest, "-o", self.modules / "guest.so")

    def _mount(self):
        run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", self.folder)
        self._cover(Path("/usr"))
        self._cover(Path("/var"))
        # crun 1.8.1 refuses a mixture of both versions of cgroups.
        run("mount", "-t", "cgroup2", "none", "/sys/fs/cgroup")
        run("mount", "-t", "tmpfs", "tmpfs", "/run")

    def _make_native(self):
        """Makes a native program, and runs it in a container without the handler."""
        (self.modules / "native.c").write_text(
            '#include <stdio.h>\nint main(int n, char** v) { printf("native %s\\n", v[n - 1]); }\n'
        )
        run("cc", "-static", "-o", self.modules / "native", self.modules / "native.c")
        bundle = Bundle(self, "without-handler")
        bundle.config["annotations"] = {}
        bundle.add(self.modules / "native", "native")
        probe = bundle.run("/native", "program")
        if probe.stdout != "native program\n":
            raise NoContainers(f"crun does not run native programs here: {probe.stderr.strip()}")

    def _cover(self, directory):
        """Makes a directory writable for this namespace alone."""
        upper = self.folder / "upper" / directory.name
        work = self.folder / "work" / directory.name
        upper.mkdir(parents=True)
        work.mkdir(parents=True)
        layers = f"lowerdir={directory},upperdir={upper},workdir={work}"
        run("mount", "-t", "overlay", "overlay", "-o", layers, directory)

    def install_compiler(self, program=None):
        """Installs the compiler, or another program in its place."""
        COMPILER.unlink(missing_ok=True)
        shutil.copy(program or self.build / "bin/wasm2obj", COMPILER)
        os.chown(COMPILER, 0, 0)
        os.chmod(COMPILER, 0o755)

    def clear_cache(self):
        shutil.rmtree(CACHE, ignore_errors=True)

    def cached(self):
        """Returns the artifacts in the cache, with what changes if one is written again."""
        return {path.name: path.stat().st_ino for path in CACHE.glob("*.so")}


class Bundle:
    """A container's configuration and its root directory."""

    def __init__(self, node, name):
        self.name = name
        self.folder = node.folder / name
        self.root = self.folder / "rootfs"
        for directory in ("proc", "dev", "sys", "etc", "tmp", "app"):
            (self.root / directory).mkdir(parents=True, exist_ok=True)
        (self.root / "etc" / "motd").write_text("of the container\n")
        run("crun", "spec", cwd=self.folder)
        self.file = self.folder / "config.json"
        self.config = json.loads(self.file.read_text())
        self.config["process"]["terminal"] = False
        self.config["root"]["readonly"] = False
        self.config["annotations"] = {"run.oci.handler": "wasm2obj"}

    def add(self, source, place):
        """Copies a file into the root directory. It is not executable if it is a module."""
        target = self.root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        return target

    def write(self, *words):
        if words:
            self.config["process"]["args"] = list(words)
        self.file.write_text(json.dumps(self.config))

    def crun(self, verb, *words, program="crun", check=False):
        return run(program, "--cgroup-manager=disabled", verb, *words, check=check, cwd=self.folder)

    def run(self, *words, program="crun"):
        """Runs a container with this command line."""
        self.write(*words)
        return self.crun("run", self.name, program=program)
