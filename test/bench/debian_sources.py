"""Source packages of Debian 12, fetched and unpacked under the folder of the benchmarks. apt does
the fetching and checks Debian's signature, but with settings and package lists of this folder: the
system's are neither used nor changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from build import BuildError

SERVER = "http://deb.debian.org/debian"
RELEASE = "bookworm"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
TIMEOUT = 1200  # seconds


class DebianSources:
    def __init__(self, folder: Path):
        self.folder = folder / "sources"
        self._apt = folder / "apt"

    def unpacked(self, package: str, commands: tuple[str, ...] = ()) -> Path:
        """The package's folder, which is named like it and has Debian's patches applied. The
        commands of the shell have been run in it."""
        target = self.folder / package
        if not target.exists():
            print(f"    fetching the sources of {package}", file=sys.stderr, flush=True)
            partial = self._unpack(self._download(package))
            for command in commands:
                self._run(["sh", "-c", command], partial)
            partial.rename(target)
        return target

    def _download(self, package: str) -> Path:
        """The package's .dsc file; the files that it lists are in the same folder."""
        self._update()
        downloads = self._apt / "downloads" / package
        shutil.rmtree(downloads, ignore_errors=True)
        downloads.mkdir(parents=True)
        self._run_apt("source", "--only-source", "--download-only", package, folder=downloads)
        return next(downloads.glob("*.dsc"))

    def _unpack(self, description: Path) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / "partial"
        shutil.rmtree(partial, ignore_errors=True)
        # apt has checked these files; dpkg-source would need the uploader's key.
        self._run(
            ["dpkg-source", "--no-check", "--extract", str(description), str(partial)], self.folder
        )
        return partial

    def _update(self) -> None:
        """Fetches the list of packages, once."""
        lists = self._apt / "lists"
        if list(lists.glob("*Sources*")):
            return
        for name in ("lists/partial", "cache/archives/partial"):
            (self._apt / name).mkdir(parents=True, exist_ok=True)
        (self._apt / "sources.list").write_text(
            f"deb-src [signed-by={KEYRING}] {SERVER} {RELEASE} main\n"
        )
        self._run_apt("update", folder=self._apt)

    def _run_apt(self, *words: str, folder: Path) -> None:
        settings = {
            "Dir::State::Lists": self._apt / "lists",
            "Dir::Cache": self._apt / "cache",
            "Dir::Etc::SourceList": self._apt / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "APT::Update::Error-Mode": "any",
        }
        # apt's own user may not read root's files in a home directory.
        if os.geteuid() == 0:
            settings["APT::Sandbox::User"] = "root"
        options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        self._run(["apt-get", "-qq", *options, *words], folder)

    def _run(self, command: list[str], folder: Path) -> None:
        try:
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                cwd=folder,
                stdin=subprocess.DEVNULL,
                timeout=TIMEOUT,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BuildError(f"{command[0]}: {error}") from error
        if done.returncode:
            raise BuildError(f"{' '.join(command)}\n{done.stderr[-2000:]}\nIs {SERVER} reachable?")
