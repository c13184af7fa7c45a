"""Memories that guests in several threads share."""

from __future__ import annotations

import ctypes
import enum
from ctypes import byref, c_int, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Optional

from .check import check
from .handles import SharedMemoryHandle
from .module import Limits, to_nanoseconds
from .native import lib


class Wait(enum.IntEnum):
    """How a wait has ended."""

    WOKEN = 0
    NOT_EQUAL = 1  # the memory had another value
    TIMED_OUT = 2


class SharedMemory:
    """A shared memory of `minimum` pages of 64 KiB, which can grow to `maximum` pages. An instance
    may export one (`Instance.shared_memory`), and a Linker defines it for the imports of others,
    which may run in several threads at the same time. Any thread may use it at any time. Guests may
    change it meanwhile: locks are the matter of guests and program.
    """

    def __init__(self, minimum: int, maximum: int, limits: Optional[Limits] = None) -> None:
        allowed = (Limits() if limits is None else limits).handle()
        result = c_void_p()
        pages = _unsigned(minimum, 64), _unsigned(maximum, 64)
        check(lib.shared_memory_new(*pages, allowed.value, byref(result)))
        self.handle = SharedMemoryHandle(result.value)

    @classmethod
    def of(cls, handle: SharedMemoryHandle) -> SharedMemory:
        """Returns one that the library has made; for Instance."""
        memory = cls.__new__(cls)
        memory.handle = handle
        return memory

    @property
    def size(self) -> int:
        """The size in bytes, which may grow at any time."""
        return self._memory()[1]

    def read(self, at: int, size: int) -> bytes:
        """Returns bytes of the memory. Raises IndexError if they are not all in it."""
        return ctypes.string_at(self._part(at, size), size)

    def write(self, at: int, contents: bytes) -> None:
        """Changes bytes of the memory, likewise."""
        ctypes.memmove(self._part(at, len(contents)), bytes(contents), len(contents))

    def grow(self, pages: int) -> int:
        """Adds pages, and returns their number before. Raises UseError beyond the maximum or a
        limit."""
        old = c_uint64()
        check(lib.shared_memory_grow(self.handle.value, _unsigned(pages, 64), byref(old)))
        return old.value

    def wait(self, at: int, expected: int, seconds: Optional[float] = None) -> Wait:
        """Waits as memory.atomic.wait32 of guests does: if the word at the address is `expected`,
        until it is notified, or for so long. Signals do not end the wait. Raises UseError if the
        address is not a multiple of 4 or not in the memory."""
        limit = to_nanoseconds(seconds)
        ended = c_int()
        place = _unsigned(at, 64), _unsigned(expected, 32), -1 if limit is None else limit
        check(lib.shared_memory_wait(self.handle.value, *place, byref(ended)))
        return Wait(ended.value)

    def notify(self, at: int, count: int = 1) -> int:
        """Wakes at most so many threads that wait at the address, and returns how many it has
        woken. Raises UseError likewise."""
        woken = c_uint32()
        place = _unsigned(at, 64), _unsigned(count, 32)
        check(lib.shared_memory_notify(self.handle.value, *place, byref(woken)))
        return woken.value

    def _memory(self) -> tuple[int, int]:
        size = c_size_t()
        return lib.shared_memory_data(self.handle.value, byref(size)) or 0, size.value

    def _part(self, at: int, size: int) -> int:
        start, whole = self._memory()
        if not (0 <= at <= whole and 0 <= size <= whole - at):
            raise IndexError(f"{size} bytes at {at} are not in a memory of {whole}")
        return start + at


def _unsigned(number: int, bits: int) -> int:
    if not 0 <= number < 1 << bits:
        raise OverflowError(f"{number} does not fit into {bits} bits")
    return number
