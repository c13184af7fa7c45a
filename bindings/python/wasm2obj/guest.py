"""What an instance and its references share: the rule that one thread at a time uses them."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from typing import Any, Callable, Optional

from .errors import UseError
from .handles import InstanceHandle, RefHandle, finalized
from .native import FINISH


class Guest:
    """Entered (`with guest:`) by the thread that uses an instance or its references.

    A thread that finds another one there fails rather than waits: that thread may wait for it, and
    may be the same one, further up, in a function that the guest has called.
    """

    def __init__(self, locks: list[threading.Lock]) -> None:
        self.handle: Optional[InstanceHandle] = None  # before the instance is made, and after close
        self.is_closed = False
        # An exception of a function that the guest called, to be raised when the guest returns.
        self.pending: Optional[BaseException] = None
        # Its own, and those of the streams that it may share with other guests.
        self._locks = [threading.Lock(), *locks]
        # References that Python has no use for, which only a thread that is in the guest deletes.
        self._dead: deque[RefHandle] = deque()

    def __enter__(self) -> Guest:
        for count, lock in enumerate(self._locks):
            if not lock.acquire(blocking=False):
                self._release(count)
                raise UseError("the instance, or a stream that it shares, is in use elsewhere")
        self._dead.clear()
        if self.is_closed:
            self._release(len(self._locks))
            raise UseError("the instance has been closed")
        return self

    def __exit__(self, *_: Any) -> None:
        self._dead.clear()
        pending, self.pending = self.pending, None
        self._release(len(self._locks))
        finalized.clear()
        if pending is not None:
            raise pending

    def _release(self, count: int) -> None:
        for lock in self._locks[:count]:
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
