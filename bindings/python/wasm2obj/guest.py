"""What an instance and its references share: the rule that one thread at a time uses them."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from typing import Any, Callable, Optional

from .errors import UseError
from .handles import InstanceHandle, RefHandle, finalized
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


class Guest:
    """Entered (`with guest:`) by the thread that uses an instance or its references.

    A thread that finds another one there fails rather than waits: that thread may wait for it, and
    may be the same one, further up. But a function that the guest has called may use it: `lend`.
    """

    def __init__(self, locks: list[Lock]) -> None:
        self.handle: Optional[InstanceHandle] = None  # before the instance is made, and after close
        self.is_closed = False
        # An exception of a function that the guest called, to be raised when the guest returns.
        self.pending: Optional[BaseException] = None
        # Its own, and those of the streams that it may share with other guests.
        self.locks = [Lock(), *locks]
        # References that Python has no use for, which only a thread that is in the guest deletes.
        self._dead: deque[RefHandle] = deque()

    def __enter__(self) -> Guest:
        for count, lock in enumerate(self.locks):
            if not lock.acquire():
                self._release(count)
                raise UseError("the instance, or a stream that it shares, is in use elsewhere")
        self._dead.clear()
        if self.is_closed:
            self._release(len(self.locks))
            raise UseError("the instance has been closed")
        return self

    def __exit__(self, *_: Any) -> None:
        self._dead.clear()
        pending, self.pending = self.pending, None
        self._release(len(self.locks))
        finalized.clear()
        if pending is not None:
            raise pending

    def _release(self, count: int) -> None:
        for lock in self.locks[:count]:
            lock.release()

    def call(self, function: Callable[..., Optional[int]], *arguments: Any) -> Optional[int]:
        """Calls a function of the library in which the guest may run, and returns its error. The
        thread must be in the guest."""
        _called.guests.append(self)
        try:
            return function(*arguments)
        finally:
            _called.guests.pop()

    @property
    def instance(self) -> InstanceHandle:
        """The instance. Fails if there is none."""
        if self.handle is None:
            raise UseError("the instance has been closed")
        return self.handle

    def discard(self, handle: RefHandle) -> None:
        """Deletes a reference once that is possible. May be called by any thread."""
        self._dead.append(handle)


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
    locks = {lock for guest in guests for lock in guest.locks}

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
    guest = _called.guests[-1]
    guest.pending = guest.pending or exception


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
