"""A Debian in a directory, in which commands run as root."""

import shutil
import subprocess
from pathlib import Path

SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
OLD_SOURCES = Path("/etc/apt/sources.list")

# The arguments are the directory and the command.
MOUNT_AND_ENTER = """
mount -t proc proc "$0/proc"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"
exec chroot "$0" "$@"
"""


class Chroot:
    """A copy of a Debian that mmdebstrap makes once."""

    def __init__(self, folder, packages):
        base = folder / "debian-base"
        contents = folder / "debian-base.txt"  # is there when the base is complete
        wanted = " ".join(packages)
        if not contents.exists() or contents.read_text("utf-8") != wanted:
            shutil.rmtree(base, ignore_errors=True)
            make_debian(base, packages)
            contents.write_text(wanted, "utf-8")
        self.root = folder / "debian"
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", base, self.root], check=True)
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")

    def run(self, script):
        """Runs a script of bash. Returns its exit status and what it has printed."""
        run = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
            + ["sh", "-ec", MOUNT_AND_ENTER, self.root, "/usr/bin/env", "-i"]
            + ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", "TERM=dumb"]
            + ["DEBIAN_FRONTEND=noninteractive", "bash", "-euo", "pipefail", "-c", script],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=600,
            check=False,
        )
        return run.returncode, run.stdout


def make_debian(root, packages):
    """Makes a Debian of the same release and sources as this one."""
    release = dict(
        line.split("=", 1)
        for line in Path("/etc/os-release").read_text("utf-8").splitlines()
        if "=" in line
    )
    subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=apt", f"--include={','.join(packages)}"]
        + [release["VERSION_CODENAME"].strip('"'), root]
        + [SOURCES if SOURCES.exists() else OLD_SOURCES],
        check=True,
    )
