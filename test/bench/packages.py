"""Files of public packages, fetched by name and version into a folder, once.

A file is named KIND:PACKAGE@VERSION:PATH. KIND is the registry: npm, pypi (a wheel for
this machine), go (the Go module proxy), or git (PACKAGE is owner/name at GitHub, VERSION a
commit)."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from build import BuildError

TIMEOUT = 1200  # seconds


def command(words: list, folder: Path, **environment: str) -> str:
    """Runs a command in a folder; returns what it prints."""
    words = [str(word) for word in words]
    try:
        done = subprocess.run(
            words,
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            cwd=folder,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT,
            env={**os.environ, **environment},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{words[0]}: {error}") from error
    if done.returncode:
        raise BuildError(f"{' '.join(words)}\n{(done.stderr or done.stdout)[-3000:]}")
    return done.stdout


def only_file(folder: Path) -> Path:
    return next(file for file in folder.iterdir() if file.is_file())


class Packages:
    def __init__(self, folder: Path):
        """What is in `folder` already is not fetched. A machine that does not reach GitHub needs
        clones in `folder`/clones/OWNER/NAME."""
        self.folder = folder
        self._fetch = {"npm": self._npm, "pypi": self._pypi, "go": self._go}

    def file(self, name: str) -> Path:
        """The file; BuildError if it cannot be fetched."""
        kind, package, path = name.split(":", 2)
        found = self._of_git(package, path) if kind == "git" else self.package(kind, package) / path
        if not found.exists():
            raise BuildError(f"there is no {path} in {package}")
        return found

    def package(self, kind: str, package: str) -> Path:
        """The folder of an unpacked package, PACKAGE@VERSION."""
        target = self.folder / kind / package.replace("/", "+")
        if not target.exists():
            print(f"    fetching {package}", file=sys.stderr, flush=True)
            partial = self.folder / "partial"
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            unpacked = self._fetch[kind](package, partial)
            target.parent.mkdir(parents=True, exist_ok=True)
            unpacked.rename(target)
        return target

    def _npm(self, package: str, folder: Path) -> Path:
        command(["npm", "pack", "--silent", package], folder)
        with tarfile.open(only_file(folder)) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        return next((folder / "unpacked").iterdir())  # mostly called "package"

    def _pypi(self, package: str, folder: Path) -> Path:
        wheel = package.replace("@", "==")
        command(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
                wheel,
            ],
            folder,
        )
        with zipfile.ZipFile(only_file(folder)) as archive:
            for entry in archive.infolist():
                file = Path(archive.extract(entry, folder / "unpacked"))
                file.chmod(entry.external_attr >> 16 & 0o777 | 0o600)
        return folder / "unpacked"

    def _go(self, package: str, folder: Path) -> Path:
        cache = folder / "cache"
        command(
            ["go", "mod", "download", "-modcacherw", package],
            folder,
            GOMODCACHE=str(cache),
            GOFLAGS="",
        )
        module, _, version = package.partition("@")
        return cache / f"{module}@{version}"

    def _of_git(self, package: str, path: str) -> Path:
        target = self.folder / "git" / package.replace("/", "+") / path
        if not target.exists():
            repository, _, commit = package.partition("@")
            clone = self._clone(repository, commit)
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = self.folder / "partial-file"
            with partial.open("wb") as output:
                done = subprocess.run(
                    ["git", "-C", clone, "show", f"{commit}:{path}"],
                    check=False,
                    stdout=output,
                    stderr=subprocess.PIPE,
                )
            if done.returncode:
                raise BuildError(done.stderr.decode(errors="replace"))
            partial.rename(target)
        return target

    def _clone(self, repository: str, commit: str) -> Path:
        target = self.folder / "clones" / repository
        if not target.exists():
            print(f"    fetching {repository}", file=sys.stderr, flush=True)
            target.mkdir(parents=True)
            command(["git", "init", "--quiet", "--bare"], target)
            command(
                [
                    "git",
                    "fetch",
                    "--quiet",
                    "--depth=1",
                    f"https://github.com/{repository}",
                    commit,
                ],
                target,
            )
        return target
