"""What instances of a store and their references share: the rule that one thread at a time uses
them."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from typing import Any, Callable, Optional

from .errors import UseError
from .handles import EndedQueue, Handle, ViewedHandle, finalized
from .native import FINISH


class Lock:
    """Has one owner at a time. A thread that waits for another one can make that its deputy, which
    may take the lock as well, once at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deputy: Optional[int] = None
        self._taken_by_deputies = 0

    def acquire(self) -> bool:
        """Takes the lock, and returns whether that was possible at once."""
        if self._lock.acquire(blocking=False):
            return True
        if self._deputy != threading.get_ident():
            return False
        self._deputy = None
        self._taken_by_deputies += 1
        return True

    def release(self) -> None:
        """Releases it; for the thread that has taken it last."""
        if self._taken_by_deputies == 0:
            self._lock.release()
        else:
            self._taken_by_deputies -= 1
            self._deputy = threading.get_ident()

    def depute(self, deputy: Optional[int]) -> Optional[int]:
        """Sets the deputy, and returns the one before; for the thread that has the lock."""
        before, self._deputy = self._deputy, deputy
        return before


class Sharing:
    """A store: what its instances and their references share, an instance alone or several.

    A thread that finds another one there fails rather than waits: that thread may wait for it, and
    may be the same one, further up. But a function that the guest has called may use it: `lend`.
    """

    def __init__(self) -> None:
        # Whether several instances may share it. Then only threads that are in it delete them.
        self.is_shared = False
        # An exception of a function that the guest called, to be raised when the guest returns.
        self.pending: Optional[BaseException] = None
        self._locks = [Lock()]  # its own, and those of streams that guests of other stores may use
        # Those that the thread in it has taken, each time that it has entered it.
        self._taken: list[list[Lock]] = []
        # Handles that Python has no use for, which only a thread that is in the store deletes.
        self._dead: deque[Handle] = deque()
        # Likewise instances, which are deleted when none of its guests is on the stack.
        self.ended = EndedQueue()

    def add_locks(self, locks: list[Lock]) -> None:
        """Adds the locks of an instance that is about to be made, in this thread."""
        if all(lock in self._locks for lock in locks):
            return
        with self:
            # Threads that are in it further up have not taken them.
            if len(self._taken) > 1:
                raise UseError("a guest that runs makes no instance with streams in its store")
            self._locks = [*self._locks, *(lock for lock in locks if lock not in self._locks)]

    def __enter__(self) -> Sharing:
        locks = self._locks
        for count, lock in enumerate(locks):
            if not lock.acquire():
                for taken in locks[:count]:
                    taken.release()
                raise UseError(
                    "the instance, another one of its store, or a stream is in use elsewhere"
                )
        self._taken.append(locks)
        self._dead.clear()
        return self

    def __exit__(self, *_: Any) -> None:
        self._dead.clear()
        pending, self.pending = self.pending, None
        if len(self._taken) == 1:
            self.ended.delete(self.is_shared)
        for lock in self._taken.pop():
            lock.release()
        finalized.clear()
        if pending is not None:
            raise pending

    def taken(self) -> set[Lock]:
        """Returns the locks that the thread in it has taken."""
        return {lock for locks in self._taken for lock in locks}

    def discard(self, handle: Handle) -> None:
        """Deletes a handle once that is possible. May be called by any thread."""
        self._dead.append(handle)

    def __del__(self) -> None:
        self.ended.close()


class Guest:
    """Entered (`with guest:`) by the thread that uses an instance or its references: it enters the
    store. Also of a store itself, for what belongs to no instance."""

    def __init__(self, sharing: Sharing) -> None:
        self.sharing = sharing
        self.handle: Optional[ViewedHandle] = None  # before it is made, and after close
        self.is_closed = False

    def __enter__(self) -> Guest:
        self.sharing.__enter__()
        if self.is_closed:
            self.sharing.__exit__()
            raise UseError("the instance has been closed")
        return self

    def __exit__(self, *_: Any) -> None:
        self.sharing.__exit__()

    def call(self, function: Callable[..., Optional[int]], *arguments: Any) -> Optional[int]:
        """Calls a function of the library in which the guest may run, and returns its error. The
        thread must be in the guest."""
        _called.guests.append(self)
        try:
            return function(*arguments)
        finally:
            _called.guests.pop()

    @property
    def instance(self) -> ViewedHandle:
        """The instance. Fails if there is none."""
        if self.handle is None:
            raise UseError("the instance has been closed")
        return self.handle


class _Called(threading.local):
    """The guests that this thread is in, the innermost last."""

    def __init__(self) -> None:
        self.guests: list[Guest] = []


_called = _Called()


def innermost() -> Guest:
    """Returns the guest that has called a function in this thread."""
    return _called.guests[-1]


def lend(function: Callable[[], Any]) -> Callable[[], Any]:
    """Returns a function that does the same in another thread. This thread waits for that one,
    which may use all guests that this thread is in."""
    guests = list(_called.guests)
    locks = {lock for guest in guests for lock in guest.sharing.taken()}

    def run() -> Any:
        deputy = threading.get_ident()
        before = {lock: lock.depute(deputy) for lock in locks}
        _called.guests = guests
        try:
            return function()
        finally:
            _called.guests = []
            for lock in locks:
                lock.depute(before[lock])

    return run


def fail(exception: BaseException) -> None:
    """Keeps an exception of a function that a guest has called in this thread, the first of
    several. The call that made the guest run raises it."""
    sharing = _called.guests[-1].sharing
    sharing.pending = sharing.pending or exception


# The objects that references of guests refer to, and the functions of streams.
_objects: dict[int, Any] = {}
_keys = itertools.count(1)  # not 0, which would be the null pointer


def add_object(value: Any) -> int:
    """Keeps an object until `finalize` is called with the key that this returns."""
    key = next(_keys)
    _objects[key] = value
    return key


def object_of(key: Optional[int]) -> Any:
    """Returns the object of a key. Fails if it has been removed, or the key is none."""
    if key not in _objects:
        raise UseError("the object has been finalized")
    return _objects[key]


@FINISH  # type: ignore[untyped-decorator]
def finalize(
    key: int, objects: dict[int, Any] = _objects, finalized: deque[Any] = finalized
) -> None:
    """Ends what `add_object` began; for the library. Works also when Python ends."""
    finalized.append(objects.pop(key))
