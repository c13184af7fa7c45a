"""Owners of the library's objects.

Garbage collection of Python calls the `__del__` of all garbage in any order, also of objects that
others still use in theirs. So a handle has no value any more when its object has been deleted, and
a memory outlives its views.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import threading
from collections import deque
from typing import Any, Callable, Optional

from .errors import UseError
from .native import lib


class Handle:
    """The address of an object of the library, which is deleted with the handle."""

    __slots__ = ("_address",)
    _delete: Callable[[int], None]

    def __init__(self, address: Optional[int]) -> None:
        self._address = address
        if not address:
            raise MemoryError("the library returned no object")

    @property
    def value(self) -> int:
        """The address. Fails if the object has been deleted."""
        if self._address is None:
            raise UseError("the object has been deleted")
        return self._address

    def __del__(self) -> None:
        address, self._address = self._address, None
        if address:
            self._delete(address)


class ModuleHandle(Handle):
    """A wasm2obj_module_t"""

    __slots__ = ()
    _delete = lib.module_delete


class KeysHandle(Handle):
    """A wasm2obj_keys_t"""

    __slots__ = ()
    _delete = lib.keys_delete


class LimitsHandle(Handle):
    """A wasm2obj_limits_t"""

    __slots__ = ()
    _delete = lib.limits_delete


class SharedMemoryHandle(Handle):
    """A wasm2obj_shared_memory_t"""

    __slots__ = ()
    _delete = lib.shared_memory_delete


class BufferHandle(Handle):
    """A wasm2obj_buffer_t"""

    __slots__ = ()
    _delete = lib.buffer_delete


class WasiHandle(Handle):
    """A wasm2obj_wasi_t"""

    __slots__ = ()
    _delete = lib.wasi_delete


class LinkerHandle(Handle):
    """A wasm2obj_linker_t"""

    __slots__ = ()
    _delete = lib.linker_delete


class PreparedHandle(Handle):
    """A wasm2obj_prepared_t"""

    __slots__ = ()
    _delete = lib.prepared_delete


class Descriptor:
    """A file descriptor of the host's, which is closed with the object."""

    __slots__ = ("fd",)

    def __init__(self, fd: int) -> None:
        self.fd = fd

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        close(self.fd)


# An instance and its references are deleted by one thread at a time. A finalizer that the library
# calls meanwhile may delete references.
_deleting = threading.RLock()

# Objects of Python that no reference refers to any more. They are destroyed when no guest is on the
# stack of the thread, and no lock is held: that may run any code.
finalized: deque[Any] = deque()


class RefHandle(Handle):
    """A wasm2obj_ref_t"""

    __slots__ = ()

    @staticmethod
    def _delete(address: int) -> None:
        with _deleting:
            lib.ref_delete(address)


class _Ended:
    """An instance that nothing refers to, or that has been closed, with what it still needs."""

    def __init__(
        self, address: int, memories: list[memoryview], descriptors: tuple[Descriptor, ...]
    ) -> None:
        self.address = address
        self.memories = memories
        self.descriptors = descriptors

    def try_delete(self) -> bool:
        """Deletes the instance, unless there are views of its memory."""
        try:
            for memory in self.memories:
                memory.release()
        except BufferError:
            return False
        with _deleting:
            lib.instance_delete(self.address)
        return True


# Those of which there are views of the memory, or that are about to be deleted.
_ended: deque[_Ended] = deque()


def delete_ended(*ended: _Ended) -> None:
    """Deletes these instances, and those that have ended earlier, if there are no views of them any
    more."""
    _ended.extend(ended)
    # Each has one owner at a time: other threads come here as well, and so does this one, by a
    # collection of garbage meanwhile.
    for _ in range(len(_ended)):
        try:
            each = _ended.popleft()
        except IndexError:
            break
        if not each.try_delete():
            _ended.append(each)
    finalized.clear()


class InstanceHandle(Handle):
    """A wasm2obj_instance_t, which keeps descriptors open."""

    __slots__ = ("_descriptors", "_memories")

    def __init__(self, address: Optional[int], descriptors: tuple[Descriptor, ...]) -> None:
        self._descriptors = descriptors
        # Of each address and size that has been asked for.
        self._memories: dict[tuple[int, int], memoryview] = {}
        super().__init__(address)

    def memory(self) -> Optional[memoryview]:
        """Returns a view of the memory, or None if there is none."""
        size = ctypes.c_size_t()
        address = lib.instance_memory(self.value, ctypes.byref(size))
        return self.view(address, size.value) if address else None

    def view(self, address: int, size: int) -> memoryview:
        """Returns a view of a memory of the instance."""
        key = address, size
        if key not in self._memories:
            array = (ctypes.c_uint8 * size).from_address(address)
            self._memories[key] = memoryview(array).cast("B")
        # A memoryview of a memoryview is independent of that. But one of a PickleBuffer counts, as
        # do views that are made of it: the other cannot be released before all of them are.
        return memoryview(pickle.PickleBuffer(self._memories[key]))

    def _delete(self, address: int) -> None:
        delete_ended(_Ended(address, list(self._memories.values()), self._descriptors))
