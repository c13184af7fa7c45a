"""Errors of the library as exceptions."""

from __future__ import annotations

from typing import Optional

from .errors import Error, Exit, GuestException, Interrupted, OutOfFuel, Trap, UseError
from .guest import Guest
from .native import lib
from .reference import wrap


def check(error: Optional[int], guest: Optional[Guest] = None) -> None:
    """Raises the exception for an error, which it deletes, unless it is null. `guest` is that of
    the call, which the thread is in; the exceptions of others have no reference."""
    if not error:
        return
    try:
        exception = _exception_of(error, guest)
    finally:
        lib.error_delete(error)
    raise exception


def _exception_of(error: int, guest: Optional[Guest]) -> Error:
    text = (lib.error_text(error) or b"").decode("utf-8", "replace")
    kind = lib.error_kind(error)
    if kind == 1:
        return Trap(text)
    if kind == 2:
        return Exit(text, lib.error_exit_status(error))
    if kind == 3:
        thrown = lib.ref_new_copy(lib.error_exception(error))
        return GuestException(text, wrap(thrown, guest) if thrown and guest else None)
    if kind == 4:
        return Interrupted(text)
    if kind == 5:
        return OutOfFuel(text)
    return UseError(text)
