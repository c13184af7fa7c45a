"""confined.py HOW PROGRAM [ARGS...]: runs a program with less than usual.

empty-root: in a root directory that has only the program. no-executable-mappings: under a seccomp
filter that makes mmap and mprotect fail with EPERM if memory would become executable.
"""

import ctypes
import os
import platform
import shutil
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    if result != 0:
        raise OSError(ctypes.get_errno(), what)


def enter_empty_root(program):
    """Changes the root to a directory with only the program, and returns its path there."""
    root = program + ".root"
    os.mkdir(root)
    shutil.copy(program, root)
    if os.geteuid() != 0:
        new_user_namespace = 0x10000000  # CLONE_NEWUSER
        check(libc.unshare(new_user_namespace), "unshare")
    os.chroot(root)
    os.chdir("/")
    return "/" + os.path.basename(program)


def forbid_executable_mappings():
    """Installs a filter of classic BPF on struct seccomp_data for mmap, mprotect, pkey_mprotect."""
    numbers = {"x86_64": (9, 10, 329), "aarch64": (222, 226, 288)}[platform.machine()]
    load, equal, has, result = 0x20, 0x15, 0x45, 0x06
    number, protection = 0, 16 + 2 * 8  # offsets of the call and of its third argument
    allow, fail = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ERRNO with EPERM
    code = [(load, 0, 0, number)]
    code += [(equal, len(numbers) - i, 0, n) for i, n in enumerate(numbers)]
    code += [(result, 0, 0, allow), (load, 0, 0, protection), (has, 0, 1, 4)]
    code += [(result, 0, 0, fail), (result, 0, 0, allow)]
    instructions = b"".join(struct.pack("HBBI", *each) for each in code)
    buffer = ctypes.create_string_buffer(instructions)
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer))
    set_seccomp, filter_mode, no_new_privileges = 22, 2, 38
    check(libc.prctl(no_new_privileges, 1, 0, 0, 0), "prctl")
    check(libc.prctl(set_seccomp, filter_mode, program), "prctl")


def main():
    how, program, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
    if how == "empty-root":
        program = enter_empty_root(program)
    else:
        forbid_executable_mappings()
    os.execv(program, [program] + arguments)


main()
