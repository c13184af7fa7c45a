"""Stores: what instances share that import from each other."""

from __future__ import annotations

from ctypes import byref, c_void_p
from typing import Any, Optional

from .check import check
from .errors import c_string
from .guest import Guest, Sharing
from .handles import StoreHandle
from .module import Limits
from .native import ExternTypeStruct, lib
from .objects import Global, Memory, Table, Tag, unsigned, value_type
from .values import Values, ValueType


class Store:
    """A store for several instances, which `Linker(store)` makes. They may import each other's
    functions, memories, tables, globals and tags, and have references of each other. The limits are
    those of all of them together. Any thread may use them, one at a time all of them.

    An instance that has been interrupted, or whose call has taken too long, ends all of them.
    """

    def __init__(self, limits: Optional[Limits] = None) -> None:
        allowed = (Limits() if limits is None else limits).handle()
        sharing = Sharing()
        sharing.is_shared = True
        self.guest = Guest(sharing)
        self.guest.handle = StoreHandle(lib.store_new(allowed.value), sharing.ended)

    def memory(self, minimum: int, maximum: Optional[int] = None) -> Memory:
        """Makes a memory of pages of 64 KiB. Raises UseError beyond a limit; likewise below."""
        described = _sized(minimum, maximum)
        result = c_void_p()
        with self.guest as guest:
            check(lib.memory_make(guest.instance.value, byref(described), byref(result)))
        return Memory(result.value or 0, self.guest)

    def table(
        self, minimum: int, maximum: Optional[int] = None, type: str = "c", initial: Any = None
    ) -> Table:
        """Makes a table of functions, or with the type "x" of externrefs."""
        described = _sized(minimum, maximum)
        described.value = type.encode()
        values = Values(self.guest, [initial], [ValueType.REF])
        result = c_void_p()
        with self.guest as guest:
            ref = values.array[0].of.ref
            check(lib.table_make(guest.instance.value, byref(described), ref, byref(result)))
        return Table(result.value or 0, self.guest)

    def global_(self, type: str, value: Any, is_mutable: bool = False) -> Global:
        """Makes a global with a value of a type, such as "i" (ExternType)."""
        described = ExternTypeStruct()
        described.value, described.is_mutable = type.encode(), is_mutable
        values = Values(self.guest, [value], [value_type(type)])
        result = c_void_p()
        with self.guest as guest:
            place = guest.instance.value, byref(described)
            check(lib.global_make(*place, values.array, byref(result)))
        return Global(result.value or 0, self.guest)

    def tag(self, type: str) -> Tag:
        """Makes a tag of exceptions, which have the parameters of a type such as "(iI)"."""
        result = c_void_p()
        with self.guest as guest:
            check(lib.tag_make(guest.instance.value, c_string(type), byref(result)))
        return Tag(result.value or 0, self.guest)

    def interrupt(self) -> None:
        """Ends the calls of all guests of the store, also those of an instance that is being made;
        see Instance.interrupt."""
        lib.store_interrupt(self.guest.instance.value)


def _sized(minimum: int, maximum: Optional[int]) -> ExternTypeStruct:
    described = ExternTypeStruct()
    described.min, described.has_max = unsigned(minimum), maximum is not None
    described.max = unsigned(maximum or 0)
    return described
