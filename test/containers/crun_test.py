"""Containers by crun, with the handler: what runs, what it sees, and what is refused."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import unittest

import node
from node import CACHE, COMPILER, TIMEOUT, Bundle, Node, run

# What stands in for the compiler, to tell what the compiler could do. It prints a line for each
# attempt, and fails, so that crun prints the lines.
PROBE = """#!/usr/bin/python3
import os, resource, socket, sys
def attempt(name, action):
    try:
        action()
        print(name, "WORKED")
    except OSError as error:
        print(name, error.strerror)
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
for name in ("Uid", "Groups", "CapEff", "NoNewPrivs", "Seccomp"):
    print(name, status[name].split() or "none")
print("descriptors", sorted(int(fd) for fd in os.listdir("/proc/self/fd"))[:3])
print("environment", dict(os.environ).keys() - {"LC_CTYPE"} or "none")
print("memory", resource.getrlimit(resource.RLIMIT_AS)[1])
attempt("socket", lambda: socket.socket())
attempt("fork", os.fork)
attempt("kill", lambda: os.kill(1, 0))
attempt("passwd", lambda: open("/etc/passwd"))
attempt("temporary", lambda: open("/tmp/of-the-compiler", "w"))
attempt("cache", lambda: os.listdir("/var/cache/wasm2obj"))
attempt("root", lambda: os.setuid(0))
sys.exit(1)
"""


class ContainerTest(unittest.TestCase):
    node: Node  # set by the program that runs the tests

    def setUp(self):
        self.node.clear_cache()
        self.bundle = Bundle(self.node, self.id().rsplit(".", maxsplit=1)[-1])

    def add(self, module, place):
        return self.bundle.add(self.node.modules / module, place)

    def expect(self, result, status, output=None, errors=None):
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        if output is not None:
            self.assertEqual(result.stdout, output)
        if errors is not None:
            self.assertIn(errors, result.stderr)
        elif status == 0:
            self.assertEqual(result.stderr, "")


class RunTest(ContainerTest):
    """Programs that run."""

    def test_artifact(self):
        self.add("guest.so", "app/guest.so")
        self.bundle.config["process"]["env"] = ["PATH=/app", "A=1"]
        result = self.bundle.run("/app/guest.so", "show", "two words", "")
        self.expect(result, 0, "/app/guest.so|show|two words||PATH=/app|A=1|HOME=/|PWD=/|")
        self.assertEqual(self.node.cached(), {})

    def test_module_is_compiled_once(self):
        self.add("guest.wasm", "guest.wasm")
        self.expect(self.bundle.run("/guest.wasm", "exit"), 42)
        cached = self.node.cached()
        self.assertEqual(len(cached), 1)
        # Another container with the same module.
        other = Bundle(self.node, "other")
        other.add(self.node.modules / "guest.wasm", "renamed.wasm")
        self.expect(other.run("/renamed.wasm", "exit"), 42)
        self.assertEqual(self.node.cached(), cached)
        # And without a compiler, which proves that nothing is compiled.
        COMPILER.unlink()
        try:
            self.expect(self.bundle.run("/guest.wasm", "exit"), 42)
        finally:
            self.node.install_compiler()

    def test_containers_that_start_at_once(self):
        bundles = [Bundle(self.node, f"at-once-{i}") for i in range(4)]
        results = [None] * len(bundles)

        def start(i):
            bundles[i].add(self.node.modules / "guest.wasm", "guest.wasm")
            results[i] = bundles[i].run("/guest.wasm", "exit")

        threads = [threading.Thread(target=start, args=(i,)) for i in range(len(bundles))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for result in results:
            self.expect(result, 42)
        self.assertEqual(len(self.node.cached()), 1)

    def test_text(self):
        self.bundle.add(os.path.join(os.path.dirname(__file__), "guest.wat"), "guest.wat")
        self.expect(self.bundle.run("/guest.wat", "exit"), 42)

    def test_trap(self):
        self.add("guest.wasm", "guest.wasm")
        result = self.bundle.run("/guest.wasm", "trap")
        self.expect(result, 134, "", "wasm2obj: /guest.wasm: trap: unreachable")
        self.assertIn("$trap", result.stderr)

    def test_names_of_the_program(self):
        self.add("guest.wasm", "app/bin/guest.wasm")
        os.chmod(self.add("guest.wasm", "opt/executable.wasm"), 0o755)
        process = self.bundle.config["process"]
        process["env"] = ["PATH=/nowhere:/opt"]
        process["cwd"] = "/app"
        for name in ("bin/guest.wasm", "./bin/guest.wasm", "/app/../app//bin/guest.wasm"):
            self.expect(self.bundle.run(name, "exit"), 42)
        # crun looks only for executable files on PATH, and gives other names to the handler.
        self.expect(self.bundle.run("executable.wasm", "exit"), 42)
        process["cwd"] = "/app/bin"
        self.expect(self.bundle.run("guest.wasm", "exit"), 42)
        result = self.bundle.run("guest.wasm", "show")
        self.assertIn("|PWD=/app/bin|", result.stdout)

    def test_links_within_the_container(self):
        self.add("guest.wasm", "app/guest.wasm")
        (self.bundle.root / "absolute.wasm").symlink_to("/app/guest.wasm")
        (self.bundle.root / "up.wasm").symlink_to("../../../app/guest.wasm")
        for name in ("/absolute.wasm", "/up.wasm"):
            self.expect(self.bundle.run(name, "exit"), 42)

    def test_mounts(self):
        folder = self.bundle.folder / "volume"
        folder.mkdir()
        shutil.copy(self.node.modules / "guest.wasm", folder)
        # The mounts cover files of the root directory.
        self.add("native", "app/guest.wasm")
        self.add("native", "single.wasm")
        options = ["rbind", "ro"]
        self.bundle.config["mounts"] += [
            {"destination": "/app", "type": "none", "source": str(folder), "options": options},
            {
                "destination": "/single.wasm",
                "type": "bind",
                "source": "volume/guest.wasm",
                "options": options,
            },
        ]
        self.expect(self.bundle.run("/app/guest.wasm", "exit"), 42)
        self.expect(self.bundle.run("/single.wasm", "exit"), 42)

    def test_files_of_the_container(self):
        self.add("guest.so", "guest.so")
        result = self.bundle.run("/guest.so", "read", "etc/motd")
        self.expect(result, 0, "of the container\n")
        # What the guest is given can be restricted. Errno 44 is noent, 63 perm.
        self.bundle.config["process"]["env"].append("WASM2OBJ_OPTIONS=--dir /tmp::/")
        self.expect(self.bundle.run("/guest.so", "read", "etc/motd"), 44)
        self.expect(self.bundle.run("/guest.so", "read", "../etc/motd"), 63)
        self.bundle.config["process"]["env"][-1] = "WASM2OBJ_OPTIONS=--no-such-option"
        result = self.bundle.run("/guest.so")
        self.expect(result, 2, "", "WASM2OBJ_OPTIONS: --no-such-option: ")

    def test_user(self):
        self.add("guest.wasm", "guest.wasm")
        self.bundle.config["process"]["user"] = {"uid": 1000, "gid": 1000}
        self.bundle.config["process"]["noNewPrivileges"] = True
        self.expect(self.bundle.run("/guest.wasm", "exit"), 42)
        (self.bundle.root / "guest.wasm").chmod(0o600)
        self.expect(self.bundle.run("/guest.wasm", "exit"), 1, "", "Permission denied")

    def test_user_namespace(self):
        self.add("guest.wasm", "guest.wasm")
        self.bundle.config["linux"]["namespaces"].append({"type": "user"})
        mapping = [{"containerID": 0, "hostID": 100000, "size": 65536}]
        self.bundle.config["linux"]["uidMappings"] = mapping
        self.bundle.config["linux"]["gidMappings"] = mapping
        self.expect(self.bundle.run("/guest.wasm", "exit"), 42)
        self.assertEqual(len(self.node.cached()), 1)

    def test_user_without_rights(self):
        # All of crun is in a user namespace that has no id for root, as with podman of a user.
        self.add("guest.wasm", "guest.wasm")
        home = self.node.folder / "home"
        home.mkdir(mode=0o700)
        for folder in (home, self.bundle.folder, self.bundle.root):
            os.chown(folder, 100000, 100000)
        environment = {**os.environ, "XDG_CACHE_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        for _ in range(2):
            self.bundle.write("/guest.wasm", "exit")
            result = run(
                *(sys.executable, node.SOURCE / "user_namespace.py", "crun"),
                *("--cgroup-manager=disabled", "run", self.bundle.name),
                check=False,
                cwd=self.bundle.folder,
                env=environment,
            )
            self.expect(result, 42, "", "")
            self.assertEqual(result.stderr, "")
        self.assertEqual(self.node.cached(), {})
        self.assertEqual(len(list(home.glob("wasm2obj/*.so"))), 1)

    def test_native_programs(self):
        self.add("native", "native")
        self.expect(self.bundle.run("/native", "x"), 0, "native x\n")
        self.bundle.config["annotations"] = {}
        self.expect(self.bundle.run("/native", "y"), 0, "native y\n")

    def test_ways_to_choose_the_handler(self):
        self.add("guest.wasm", "guest.wasm")
        self.add("native", "native")
        for annotations in (
            {"run.oci.handler": "wasm"},
            {"run.oci.handler": "wasm-smart"},
            {"module.wasm.image/variant": "compat"},
            {"module.wasm.image/variant": "compat-smart"},
        ):
            self.bundle.config["annotations"] = annotations
            self.expect(self.bundle.run("/guest.wasm", "exit"), 42)
            self.expect(self.bundle.run("/native", "x"), 0, "native x\n")
        self.bundle.config["annotations"] = {"module.wasm.image/variant": "other"}
        result = self.bundle.run("/guest.wasm", "exit")
        self.assertNotEqual(result.returncode, 42)
        # A name of crun itself.
        self.bundle.config["annotations"] = {}
        link = self.node.folder / "crun-wasm2obj"
        link.symlink_to(shutil.which("crun"))
        self.expect(self.bundle.run("/guest.wasm", "exit", program=link), 42)
        self.assertIn("+WASM:wasm2obj", run("crun", "--version").stdout)


class RunningTest(ContainerTest):
    """A container that is created, started and stopped."""

    def start(self, module):
        self.add(module, module)
        self.bundle.write("/" + module, "wait")
        # The output of a created container is that of the command that creates it.
        read, write = os.pipe()
        command = ["crun", "--cgroup-manager=disabled", "create", self.bundle.name]
        subprocess.run(
            command,
            check=True,
            cwd=self.bundle.folder,
            stdin=subprocess.DEVNULL,
            stdout=write,
            stderr=write,
            timeout=TIMEOUT,
        )
        os.close(write)
        self.output = os.fdopen(read)
        self.addCleanup(self.output.close)
        self.addCleanup(self.bundle.crun, "delete", "--force", self.bundle.name)

    def state(self):
        return self.bundle.crun("state", self.bundle.name).stdout

    def test_stops_at_once(self):
        self.start("guest.wasm")
        self.bundle.crun("start", self.bundle.name, check=True)
        self.assertEqual(self.output.readline(), "waiting\n")
        self.assertIn('"running"', self.state())
        self.bundle.crun("kill", self.bundle.name, "TERM", check=True)
        deadline = time.monotonic() + 5
        while '"running"' in self.state():
            self.assertLess(time.monotonic(), deadline, "the signal has no effect")
            time.sleep(0.05)

    def test_resident_memory(self):
        for module in ("guest.so", "guest.wasm"):
            self.start(module)
            self.bundle.crun("start", self.bundle.name, check=True)
            self.assertEqual(self.output.readline(), "waiting\n")
            with open(f"/proc/{json.loads(self.state())['pid']}/status", encoding="utf-8") as file:
                (peak,) = (line for line in file if line.startswith("VmHWM:"))
            self.assertLess(int(peak.split()[1]), 8 << 10, peak)
            self.bundle.crun("delete", "--force", self.bundle.name, check=True)

    def test_module_that_changes_before_the_start(self):
        self.start("guest.wasm")
        with open(self.bundle.root / "guest.wasm", "ab") as file:
            file.write(b"\0")
        self.bundle.crun("start", self.bundle.name, check=True)
        self.assertIn("it has been changed", self.output.read())

    def test_exec(self):
        self.start("guest.so")
        self.add("native", "native")
        # For `exec`, crun itself demands that it is executable.
        os.chmod(self.add("guest.wasm", "guest.wasm"), 0o755)
        self.bundle.crun("start", self.bundle.name, check=True)
        self.assertEqual(self.output.readline(), "waiting\n")
        name = self.bundle.name
        self.expect(self.bundle.crun("exec", name, "/native", "x"), 0, "native x\n")
        self.expect(self.bundle.crun("exec", name, "/guest.so", "exit"), 42, "")
        result = self.bundle.crun("exec", name, "/guest.wasm", "exit")
        self.expect(result, 1, "", "must be compiled before")
        # As some programs call crun: not in the bundle.
        command = ("crun", "--cgroup-manager=disabled", "exec", name, "/native", "y")
        self.expect(run(*command, check=False, cwd="/"), 0, "native y\n")


class RefusalTest(ContainerTest):
    """Containers that cannot run."""

    def test_missing_file(self):
        result = self.bundle.run("/missing.wasm")
        self.expect(result, 127, "", "wasm2obj: error: /missing.wasm: there is no such file")

    def test_damaged_artifact(self):
        artifact = self.add("guest.so", "guest.so")
        content = bytearray(artifact.read_bytes())
        content[len(content) // 2] ^= 1
        artifact.write_bytes(content)
        self.expect(self.bundle.run("/guest.so", "exit"), 1, "", "checksum")
        artifact.write_bytes(content[:100])
        self.expect(self.bundle.run("/guest.so", "exit"), 1, "", "wasm2obj: error: /guest.so: ")

    def test_damaged_cache(self):
        self.add("guest.wasm", "guest.wasm")
        self.expect(self.bundle.run("/guest.wasm", "exit"), 42)
        (name,) = self.node.cached()
        os.truncate(CACHE / name, 5000)
        self.expect(self.bundle.run("/guest.wasm", "exit"), 1, "", f"compiled: {CACHE}/{name}")
        # As after a crash of the machine.
        os.truncate(CACHE / name, 0)
        self.expect(self.bundle.run("/guest.wasm", "exit"), 42)

    def test_links_out_of_the_container(self):
        outside = self.node.folder / "outside.wasm"
        shutil.copy(self.node.modules / "guest.wasm", outside)
        (self.bundle.root / "absolute.wasm").symlink_to(outside)
        (self.bundle.root / "up.wasm").symlink_to("../" * 20 + str(outside)[1:])
        (self.bundle.root / "folder").symlink_to(self.node.folder)
        (self.bundle.root / "self.wasm").symlink_to("/proc/self/cwd/../outside.wasm")
        for name in ("absolute.wasm", "up.wasm", "folder/outside.wasm", "self.wasm"):
            self.expect(self.bundle.run(f"/{name}"), 127, "", "there is no such file")
        self.assertEqual(self.node.cached(), {})

    def test_other_files(self):
        os.mkfifo(self.bundle.root / "fifo.wasm")
        os.mknod(self.bundle.root / "tty.wasm", 0o20666, os.makedev(5, 0))
        (self.bundle.root / "folder.wasm").mkdir()
        (self.bundle.root / "empty.wasm").touch()
        (self.bundle.root / "text.wasm").write_text("neither\n")
        os.chmod(self.bundle.root / "text.wasm", 0o755)
        for name in ("fifo.wasm", "tty.wasm", "folder.wasm", "empty.wasm", "text.wasm"):
            result = self.bundle.run(f"/{name}")
            self.assertIn(result.returncode, (1, 126), name)
            self.assertIn(f"/{name}", result.stderr)

    def test_invalid_module(self):
        (self.bundle.root / "bad.wasm").write_bytes(b"\0asm\1\0\0\0\1\2\3")
        result = self.bundle.run("/bad.wasm")
        self.expect(result, 1, "", "wasm2obj: /bad.wasm: cannot be compiled: ")
        self.assertIn("/bad.wasm:0x", result.stderr)
        self.assertEqual(self.node.cached(), {})

    def test_no_compiler(self):
        self.add("guest.wasm", "guest.wasm")
        COMPILER.unlink()
        try:
            result = self.bundle.run("/guest.wasm")
            self.expect(result, 1, "", "wasm2obj is not installed on this node")
            # One that others may change counts as none.
            self.node.install_compiler()
            os.chmod(COMPILER, 0o775)
            self.expect(self.bundle.run("/guest.wasm"), 1, "", "is not installed")
        finally:
            self.node.install_compiler()

    def test_rights_of_the_compiler(self):
        self.add("guest.wasm", "guest.wasm")
        probe = self.node.folder / "probe"
        probe.write_text(PROBE)
        self.node.install_compiler(probe)
        try:
            result = self.bundle.run("/guest.wasm")
        finally:
            self.node.install_compiler()
        self.assertNotEqual(result.returncode, 0)
        for line in (
            "Uid ['65534', '65534', '65534', '65534']",
            "Groups none",
            "CapEff ['0000000000000000']",
            "NoNewPrivs ['1']",
            "Seccomp ['2']",
            "environment none",
            "memory 17179869184",
            "socket Operation not permitted",
            "fork Operation not permitted",
            "kill Operation not permitted",
            "passwd Permission denied",
            "temporary Permission denied",
            "cache Permission denied",
            "root Operation not permitted",
        ):
            self.assertIn(line, result.stderr)
        self.assertNotIn("WORKED", result.stderr)
