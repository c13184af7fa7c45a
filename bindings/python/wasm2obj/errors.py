"""The exceptions of the package, and strings that the library accepts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from .referents import ExceptionObject


class Error(Exception):
    """A function failed. `str()` of it is a message for people."""


class UseError(Error):
    """An argument is invalid, something cannot be read or exceeds a limit, or an object is in use
    by another thread or has been closed."""


class GuestError(Error):
    """The guest ended a call. `message` says why, and `backtrace` has a line for each frame."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        lines = text.splitlines()
        self.message: str = lines[0] if lines else ""
        self.backtrace: list[str] = [line.strip() for line in lines[1:]]


class Trap(GuestError):
    """The guest trapped."""


class Exit(GuestError):
    """The guest called proc_exit with `status`."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


class GuestException(GuestError):
    """The guest threw an exception that it did not catch. `exception` has its tag and arguments."""

    def __init__(self, text: str, exception: Optional[ExceptionObject]) -> None:
        super().__init__(text)
        self.exception = exception


class Interrupted(GuestError):
    """Instance.interrupt or a time limit ended the call."""


class OutOfFuel(Trap):
    """The guest has consumed the fuel that Instance.set_fuel has given."""


def c_string(text: str) -> bytes:
    """Returns a string for the library. Fails if it has a NUL, at which it would end there."""
    return _without_nul(text.encode("utf-8"))


def c_path(path: str | os.PathLike[str]) -> bytes:
    """Returns a path for the library. Fails likewise."""
    return _without_nul(os.fsencode(path))


def _without_nul(text: bytes) -> bytes:
    if b"\0" in text:
        raise ValueError("the string contains a NUL")
    return text
