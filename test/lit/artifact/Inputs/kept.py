"""kept.py WASMRUN FOLDER: checks the kept artifact in FOLDER against the loader.

The artifact abi-N.so was made when N became the version of the ABI. As long as that is the version,
the loader must load and run it: so do the artifacts of all releases with this version.
"""

import re
import struct
import subprocess
import sys
from pathlib import Path

MAKE = "wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 kept.wat -o abi-{}.so"
NOTE_NAME = b"wasm2obj\0\0\0\0"
# The beginning of abi::ArtifactNote up to its provenance, and that.
NOTE = struct.Struct("<QHHI48s32s3II")

wasmrun, folder = sys.argv[1], Path(sys.argv[2])


def fail(message):
    sys.exit(f"kept.py: {message}")


def run(*words):
    return subprocess.run([wasmrun, *words], capture_output=True, text=True, check=False)


def current_abi():
    """Returns the version and the hash of the loader's ABI."""
    text = run("--version").stdout
    match = re.search(r"\(ABI (\d+), ([0-9a-f]{16})\)", text)
    if not match:
        fail(f"wasmrun --version prints '{text}', expected '(ABI VERSION, HASH)'")
    return int(match[1]), int(match[2], 16)


def read_note(path):
    """Returns ABI hash, ABI version and the numbers of wasm2obj's version of an artifact."""
    content = path.read_bytes()
    at = content.index(NOTE_NAME) + len(NOTE_NAME)
    abi_hash, _, _, _, _, _, *version, abi_version = NOTE.unpack_from(content, at)
    return abi_hash, abi_version, version


def find_artifact():
    """Returns the artifact of the loader's ABI, after a check that nobody forgot the version."""
    version, abi_hash = current_abi()
    names = sorted(path.name for path in folder.glob("abi-*.so"))
    make = MAKE.format(version)
    if names != [f"abi-{version}.so"]:
        fail(
            f"the version of the ABI is {version}, kept are {names}: remove those, and make the "
            f"one for it in {folder}: {make}"
        )
    artifact = folder / names[0]
    kept_hash, kept_version, release = read_note(artifact)
    if kept_version == version and kept_hash != abi_hash:
        fail(
            f"the ABI has changed (its hash is {abi_hash:016x}, that of {names[0]} is "
            f"{kept_hash:016x}), but its version is still {version}: increment kAbiVersion in "
            "runtime/abi/abi_hash.h, then remove this artifact and make one for the new version. "
            "Do not make it again for the same version"
        )
    if kept_version != version:
        fail(f"{names[0]} is for ABI {kept_version}; make it so: {make}")
    if release[2] != 0:
        fail(
            f"the ABI has changed in the patch release {'.'.join(map(str, release))}; it may "
            "change only in a release whose last number is 0"
        )
    return artifact


def expect(artifact, words, output):
    done = run(*words[:-1], artifact, *words[-1])
    if done.returncode != 0 or done.stdout != output:
        fail(
            f"{artifact.name} {words}: status {done.returncode}, {done.stdout!r} {done.stderr!r}, "
            f"expected {output!r}"
        )


def main():
    artifact = find_artifact()
    expect(artifact, ([],), "kept\n")
    for export, arguments, output in (
        ("indirect", ["0"], "46\n"),
        ("indirect", ["1"], "42\n"),
        ("globals", [], "42\n42\n42\n"),
        ("memory_use", [], "101\n1\n2\n"),
        ("objects", [], "42\n"),
        ("exceptions", [], "42\n"),
        ("tail_calls", [], "200042\n"),
    ):
        expect(artifact, ("--invoke", export, arguments), output)
    for export, argument, message in (
        ("indirect", "2", "uninitialized element"),
        ("trap", "70000", "out of bounds memory access"),
    ):
        done = run("--invoke", export, artifact, argument)
        if done.returncode != 134 or message not in done.stderr:
            fail(f"{export} {argument}: status {done.returncode}, {done.stderr!r}")
    print(f"{artifact.name}: as it was")


main()
