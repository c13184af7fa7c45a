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


class AccountHandle(Handle):
    """A wasm2obj_account_t"""

    __slots__ = ()
    _delete = lib.account_delete


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


def _delete_alone(delete: Callable[[int], None]) -> Callable[[int], None]:
    """Returns a function that deletes an object that may belong to a store."""

    def run(address: int) -> None:
        with _deleting:
            delete(address)

    return run


class RefHandle(Handle):
    """A wasm2obj_ref_t"""

    __slots__ = ()
    _delete = staticmethod(_delete_alone(lib.ref_delete))


class LinkerHandle(Handle):
    """A wasm2obj_linker_t"""

    __slots__ = ()
    _delete = staticmethod(_delete_alone(lib.linker_delete))


class PreparedHandle(Handle):
    """A wasm2obj_prepared_t"""

    __slots__ = ()
    _delete = staticmethod(_delete_alone(lib.prepared_delete))


class _Ended:
    """An instance or a store that nothing refers to, or that has been closed, with what it still
    needs."""

    def __init__(
        self,
        address: int,
        delete: Callable[[int], None],
        memories: list[memoryview],
        descriptors: tuple[Descriptor, ...],
    ) -> None:
        self.address = address
        self.delete = delete
        self.memories = memories
        self.descriptors = descriptors

    def try_delete(self) -> bool:
        """Deletes it, unless there are views of its memories."""
        try:
            for memory in self.memories:
                memory.release()
        except BufferError:
            return False
        with _deleting:
            self.delete(self.address)
        return True


# Those of which there are views of the memory, or that are about to be deleted. Nobody uses their
# stores any more.
_ended: deque[_Ended] = deque()


def _delete_from(queue: deque[_Ended]) -> None:
    """Deletes those of a queue of which there are no views any more."""
    # Each has one owner at a time: other threads come here as well, and so does this one, by a
    # collection of garbage meanwhile.
    for _ in range(len(queue)):
        try:
            each = queue.popleft()
        except IndexError:
            break
        if not each.try_delete():
            queue.append(each)


def delete_ended(*ended: _Ended) -> None:
    """Deletes these instances, and those that have ended earlier, if there are no views of them any
    more."""
    _ended.extend(ended)
    _delete_from(_ended)
    finalized.clear()


class EndedQueue:
    """The instances of a store that are to be deleted."""

    def __init__(self) -> None:
        self._waiting: deque[_Ended] = deque()
        self._is_closed = False

    def add(self, ended: _Ended) -> None:
        """Adds an instance. May be called by any thread."""
        self._waiting.append(ended)
        if self._is_closed:
            self.close()

    def delete(self, is_shared: bool) -> None:
        """Deletes those of which there are no views; for a thread that is in the store. If other
        instances may use the store, the rest is kept; else any thread deletes it later."""
        _delete_from(self._waiting)
        if not is_shared:
            self._give_up()

    def close(self) -> None:
        """Deletes all, now and later, when nobody uses the store any more."""
        self._is_closed = True
        if self._waiting:
            self._give_up()
            delete_ended()

    def _give_up(self) -> None:
        while self._waiting:
            _ended.append(self._waiting.popleft())


class ViewedHandle(Handle):
    """An object of the library that has memories, which views of them keep."""

    __slots__ = ("_queue", "_memories")

    def __init__(self, address: Optional[int], queue: EndedQueue) -> None:
        self._queue = queue
        # Of each address and size that has been asked for.
        self._memories: dict[tuple[int, int], memoryview] = {}
        super().__init__(address)

    def view(self, address: int, size: int) -> memoryview:
        """Returns a view of a memory of the object."""
        key = address, size
        if key not in self._memories:
            array = (ctypes.c_uint8 * size).from_address(address)
            self._memories[key] = memoryview(array).cast("B")
        # A memoryview of a memoryview is independent of that. But one of a PickleBuffer counts, as
        # do views that are made of it: the other cannot be released before all of them are.
        return memoryview(pickle.PickleBuffer(self._memories[key]))


class InstanceHandle(ViewedHandle):
    """A wasm2obj_instance_t, which keeps descriptors open."""

    __slots__ = ("_descriptors",)

    def __init__(
        self, address: Optional[int], descriptors: tuple[Descriptor, ...], queue: EndedQueue
    ) -> None:
        self._descriptors = descriptors
        super().__init__(address, queue)

    def _delete(self, address: int) -> None:
        memories = list(self._memories.values())
        self._queue.add(_Ended(address, lib.instance_delete, memories, self._descriptors))


class StoreHandle(ViewedHandle):
    """A wasm2obj_store_t"""

    __slots__ = ()

    def _delete(self, address: int) -> None:
        memories = list(self._memories.values())
        self._queue.add(_Ended(address, lib.store_delete, memories, ()))
