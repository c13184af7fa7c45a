"""References of guests."""

from __future__ import annotations

import enum
from typing import Any, Callable, Optional, TypeVar

from .guest import Guest
from .handles import RefHandle
from .native import lib


class I31(int):
    """A reference to an integer of 31 bits."""

    def __new__(cls, value: int) -> I31:
        if not -(1 << 30) <= value < 1 << 30:
            raise OverflowError(f"{value} does not fit into i31")
        return super().__new__(cls, value)

    def __repr__(self) -> str:
        return f"I31({int(self)})"


class Reference:
    """A reference to something that it keeps alive. It belongs to an instance and is only accepted
    by that and by others of its store. `==` tells whether two references refer to the same."""

    def __init__(self, handle: RefHandle, guest: Guest) -> None:
        self.guest = guest
        self.handle = handle

    def __del__(self) -> None:
        self.guest.sharing.discard(self.handle)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            return NotImplemented
        if other.guest.sharing is not self.guest.sharing:
            return False
        with self.guest:
            return bool(lib.ref_is_same(self.handle.value, other.handle.value))

    __hash__ = None  # type: ignore[assignment]  # the address of an object may change


class Kind(enum.IntEnum):
    """wasm2obj_ref_kind_t"""

    I31 = 1
    STRUCT = 2
    ARRAY = 3
    FUNCTION = 4
    EXCEPTION = 5
    HOST = 6
    STRING = 7


_classes: dict[int, Callable[[RefHandle, Guest], Reference]] = {}
_Class = TypeVar("_Class", bound=Callable[[RefHandle, Guest], Reference])


def refers_to(*kinds: Kind) -> Callable[[_Class], _Class]:
    """Makes a class that of references to these kinds."""

    def register(reference_class: _Class) -> _Class:
        for kind in kinds:
            _classes[kind] = reference_class
        return reference_class

    return register


def wrap(ref: Optional[int], guest: Guest) -> Any:
    """Returns the object for a reference of the library, which it takes over: None for null, an
    I31, or a Reference. The calling thread must be in the guest."""
    if not ref:
        return None
    handle = RefHandle(ref)
    kind = lib.ref_kind(handle.value)
    if kind == Kind.I31:
        return I31(lib.ref_i31(handle.value))
    return _classes[kind](handle, guest)
