"""The threads in which functions of Python run that guests call.

The stack of a guest is not one of Python's threads: it may be too small for any function, and
Python's checks of its own stack do not know it. So the thread of the guest waits meanwhile.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections import deque
from typing import Any, Callable, Optional


class _Worker:
    """A thread that runs one function after the other."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], Any]] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[tuple[Any, Optional[BaseException]]] = queue.SimpleQueue()
        threading.Thread(target=self._serve, name="wasm2obj-function", daemon=True).start()

    def _serve(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                outcome = job(), None
            except BaseException as exception:  # which the caller gets
                outcome = None, exception
            self._outcomes.put(outcome)
            del job, outcome

    def run(self, job: Callable[[], Any]) -> tuple[Any, Optional[BaseException]]:
        """Runs a function to its end, also if this thread is interrupted meanwhile, since the
        function may use what this thread has. The interruption is the outcome then."""
        self._jobs.put(job)
        interruption: Optional[BaseException] = None
        while True:
            try:
                value, exception = self._outcomes.get()
                return value, interruption or exception
            except BaseException as caught:
                interruption = caught


_idle: deque[_Worker] = deque()
os.register_at_fork(after_in_child=_idle.clear)  # their threads are not in the child


def run(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a function in another thread, and returns or raises what it does."""
    if sys.is_finalizing():
        raise RuntimeError("guests cannot call functions when Python ends")
    try:
        worker = _idle.pop()
    except IndexError:
        worker = _Worker()
    value, exception = worker.run(lambda: function(*arguments))
    _idle.append(worker)
    if exception is None:
        return value
    try:
        raise exception
    finally:
        del exception
