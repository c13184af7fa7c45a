#!/usr/bin/env python3
"""check.py FOLDER: installs the packages in FOLDER in a fresh Debian below it and uses them there.
The last line is the sum: N passed, N failed, N skipped. Needs root, mmdebstrap and Debian's mirror;
without them nothing is tested, and the exit status is 2.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from chroot import Chroot

ROOT = Path(__file__).resolve().parents[2]
# A compiler for C, but not for C++.
BASE = "gcc libc6-dev pkg-config cmake ninja-build man-db bash-completion zsh fish".split()

PACKAGES = "wasm2obj wasmrun libwasmrt0 libwasmrt-dev libwasm2obj0 libwasm2obj-dev wasm2obj-crun"


@dataclass
class Check:
    name: str
    script: str  # for bash; fails if a command fails
    expected: str = ""  # a part of what is printed


# Types keys into an interactive zsh and prints what it shows.
ZSH = """
cat >/root/.zshrc <<'END'
autoload -Uz compinit && compinit -u
zstyle ':completion:*' verbose no
PS1='> '
END
cat >/tmp/keys.zsh <<'END'
zmodload zsh/zpty
zpty -b shell zsh -i
sleep 3
for keys in "$@"; do
  zpty -w -n shell "$keys"$'\\t'
  sleep 2
  zpty -w -n shell $'\\C-u'
done
sleep 1
while zpty -r -t shell line; do print -r -- "$line"; done
END
zsh -f /tmp/keys.zsh 'wasm2obj --determ' 'wasm2obj --bounds=expl' 'wasmrun --no-ca' \
  'wasm2obj snaps' >/tmp/shown
cat -v /tmp/shown
for shown in --deterministic --bounds=explicit --no-cache 'wasm2obj snapshot'; do
  grep -q -e "$shown" /tmp/shown
done
"""

CHECKS = [
    Check(
        "wasmrun alone needs nothing else",
        "apt-get -q update && apt-get -qy install --no-install-recommends /packages/wasmrun_*.deb",
        "0 upgraded, 1 newly installed",
    ),
    Check(
        "all are installed",
        "apt-get -qy install --no-install-recommends /packages/*.deb"
        f" && dpkg --verify {PACKAGES} && dpkg --audit",
    ),
    Check("an artifact", "wasm2obj hello.wat -o hello.so && wasmrun hello.so", "Hello"),
    Check("a module that has not been compiled", "wasmrun hello.wat", "Hello"),
    Check("an executable", "wasm2obj hello.wat -o hello && ./hello && rm hello", "Hello"),
    Check(
        "an object file",
        "wasm2obj lib.wat --emit=obj,header -n lib -o lib.o && ls lib.h lib.hpp",
    ),
    Check(
        "a program with the shared library",
        "gcc -I. host.c lib.o $(pkg-config --cflags --libs wasmrt) -o shared"
        " && ldd shared | grep libwasmrt.so.0 && ./shared",
        "second 0",
    ),
    Check(
        "a static program",
        "gcc -static -I. host.c lib.o $(pkg-config --static --cflags --libs wasmrt) -o static"
        " && ./static",
        "second 0",
    ),
    Check(
        "a project of CMake's",
        "cmake -S project -B build -G Ninja -DVERSION=0.1 -Dinputs=/test && cmake --build build"
        " && build/host-wasmrt && build/host-wasmrt-static",
        "second 0",
    ),
    Check(
        "files for pkg-config",
        "pkg-config --validate wasmrt && ! pkg-config --cflags wasmrt" " | grep .",
    ),
    Check("crun finds its handler", "crun --version", "+WASM:wasm2obj"),
    Check(
        "completion by bash",
        "set +eu; . /usr/share/bash-completion/bash_completion; set -e; for program in wasm2obj"
        " wasmrun; do _completion_loader $program || (( $? == 124 )); complete -p $program; done",
        "-F _wasmrun wasmrun",
    ),
    Check("completion by zsh", ZSH),
    Check(
        "completion by fish",
        'fish -c \'complete -C "wasm2obj --determ"; complete -C "wasm2obj snaps";'
        ' complete -C "wasmrun --bounds "; complete -C "wasmrun app.wasm --determ"\' | tee shown;'
        " [[ $(cut -f1 shown | paste -sd' ') == '--deterministic snapshot explicit guard' ]]",
    ),
    Check(
        "manual pages",
        "for page in wasm2obj wasmrun; do man --warnings $page 2>warnings >page; cat warnings;"
        " [[ ! -s warnings ]]; grep -q EXAMPLES page; whatis $page; done",
        "run WebAssembly modules",
    ),
    Check(
        "nothing is left when they are removed",
        f"apt-get -qy purge {PACKAGES}; left=$(ldconfig -p | grep wasmrt || true; find / -xdev"
        " \\( -path /packages -o -path /test -o -path /root -o -path /var -o -path /proc \\)"
        " -prune -o \\( -iname '*wasm2obj*' -o -iname '*wasmr*' \\) -print);"
        ' echo "$left"; [[ -z $left ]]',
    ),
]


# Only the compiler of this machine's packages makes executables for another; an emulator runs them.
AARCH64 = Check(
    "an executable for AArch64",
    "wasm2obj --target=aarch64-linux-gnu --cpu=generic hello.wat -o hello && qemu-aarch64 hello"
    " && rm hello",
    "Hello",
)


def why_no_aarch64(chroot):
    """Returns why executables for AArch64 are not tested; empty if they are."""
    if not (chroot.root / "usr/lib/wasm2obj/runtime-aarch64.o").exists():
        return "`./dev build aarch64` was not run before, so that the package has no runtime for it"
    emulator = shutil.which("qemu-aarch64-static")
    if emulator is None:
        return "there is no qemu-aarch64-static, of the package qemu-user-static"
    shutil.copy(emulator, chroot.root / "usr/bin/qemu-aarch64")
    return ""


def prepare(folder):
    """Makes the Debian, with the packages in /packages and programs in /test."""
    debs = sorted(folder.glob("*.deb"))
    if not debs:
        sys.exit(f"there are no packages in {folder}")
    chroot = Chroot(folder, BASE)
    (chroot.root / "packages").mkdir()
    for deb in debs:
        shutil.copy(deb, chroot.root / "packages")
    lit = ROOT / "test/lit"
    shutil.copytree(lit / "object/Inputs", chroot.root / "test")
    shutil.copytree(lit / "install/Inputs", chroot.root / "test/project")
    shutil.copy(ROOT / "examples/hello.wat", chroot.root / "test")
    return chroot


def run_check(chroot, check):
    """Prints the result of a check, and what it has printed if it fails. Returns whether it has
    passed."""
    status, text = chroot.run(f"cd /test; {check.script}")
    is_good = status == 0 and check.expected in text
    print(f"{check.name}: {'passed' if is_good else f'FAILED, status {status}'}", flush=True)
    if not is_good:
        print(text, flush=True)
    return is_good


def run_checks(chroot):
    """Returns how many checks have passed, failed and not been made."""
    results = [run_check(chroot, check) for check in CHECKS[:-1]]
    skipped = 0
    if reason := why_no_aarch64(chroot):
        print(f"{AARCH64.name}: NOT RUN: {reason}")
        skipped = 1
    else:
        results.append(run_check(chroot, AARCH64))
    results.append(run_check(chroot, CHECKS[-1]))
    return results.count(True), results.count(False), skipped


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if os.geteuid() != 0:
        print("THE PACKAGES WERE NOT TESTED: only root can install them in a chroot")
        return 2
    try:
        chroot = prepare(Path(sys.argv[1]).resolve())
    except subprocess.CalledProcessError as error:
        print(f"THE PACKAGES WERE NOT TESTED: no Debian could be made to install them in: {error}")
        return 2
    passed, failed, skipped = run_checks(chroot)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
