"""Memories, tables, globals and tags that instances export, or that stores have made."""

from __future__ import annotations

from collections.abc import Mapping
from ctypes import byref, c_size_t, c_uint64, c_void_p
from typing import Any, Callable, Generic, Iterator, TypeVar

from .check import check
from .errors import c_string
from .extern_type import ExternKind, ExternType, from_struct
from .guest import Guest
from .handles import RefHandle
from .module import Module
from .native import ExternTypeStruct, Value, lib
from .reference import Reference, wrap
from .referents import ExceptionObject
from .values import Values, ValueType, from_value


class _Object:
    """What is exported. It keeps the instance, and cannot be used after that has been closed. What
    a store has made keeps the store."""

    define: Callable[..., Any]  # it in a linker

    def __init__(self, address: int, guest: Guest) -> None:
        self._address = address
        self._guest = guest

    @property
    def address(self) -> int:
        """The library's object; for Linker."""
        return self._address

    @property
    def guest(self) -> Guest:
        """What enters the store; for Linker."""
        return self._guest

    def _type(self, function: Callable[..., Any]) -> ExternType:
        described = ExternTypeStruct()
        with self._guest:
            check(function(self._address, byref(described)))
            return from_struct(described)


class Memory(_Object):
    """A memory."""

    define = lib.linker_memory

    @property
    def type(self) -> ExternType:
        """The type, whose minimum is the present size."""
        return self._type(lib.memory_type)

    @property
    def data(self) -> memoryview:
        """The bytes. What is said of Instance.memory applies."""
        size = c_size_t()
        with self._guest as guest:
            address = lib.memory_data(self._address, byref(size))
            return guest.instance.view(address, size.value)

    def grow(self, pages: int) -> int:
        """Adds pages, and returns their number before. Raises UseError beyond the maximum or a
        limit."""
        old = c_uint64()
        with self._guest:
            check(lib.memory_grow(self._address, unsigned(pages), byref(old)))
        return old.value


class Table(_Object):
    """A table, a sequence of None and references. Negative indices are refused."""

    define = lib.linker_table

    @property
    def type(self) -> ExternType:
        """The type, whose minimum is the present size."""
        return self._type(lib.table_type)

    def __len__(self) -> int:
        with self._guest:
            return int(lib.table_size(self._address))

    def __getitem__(self, index: int) -> Any:
        result = c_void_p()
        with self._guest as guest:
            self._check(index)
            check(lib.table_get(self._address, index, byref(result)))
            return wrap(result.value, guest)

    def __setitem__(self, index: int, value: Any) -> None:
        values = Values(self._guest, [value], [ValueType.REF])
        with self._guest:
            self._check(index)
            check(lib.table_set(self._address, index, values.array[0].of.ref))

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def grow(self, count: int, initial: Any = None) -> int:
        """Adds elements, and returns their number before. Raises UseError likewise."""
        values = Values(self._guest, [initial], [ValueType.REF])
        old = c_uint64()
        with self._guest:
            ref = values.array[0].of.ref
            check(lib.table_grow(self._address, unsigned(count), ref, byref(old)))
        return old.value

    def _check(self, index: int) -> None:
        count = lib.table_size(self._address)
        if not 0 <= index < count:
            raise IndexError(f"the index {index} is not less than {count}")


class Global(_Object):
    """A global."""

    define = lib.linker_global

    @property
    def type(self) -> ExternType:
        """The type."""
        return self._type(lib.global_type)

    @property
    def value(self) -> Any:
        """The value. To set it raises UseError if the global is immutable."""
        value = Value()
        with self._guest as guest:
            check(lib.global_get(self._address, byref(value)))
            return from_value(value, guest)

    @value.setter
    def value(self, value: Any) -> None:
        values = Values(self._guest, [value], [value_type(self.type.value or "r")])
        with self._guest:
            check(lib.global_set(self._address, values.array))


class Tag(_Object):
    """A tag of exceptions."""

    define = lib.linker_tag

    @property
    def type(self) -> ExternType:
        """The type, whose function has the arguments of exceptions as its parameters."""
        return self._type(lib.tag_type)

    def exception(self, *arguments: Any) -> ExceptionObject:
        """Makes an exception. `raise GuestException("text", exception)` in a function that a guest
        has called throws it there."""
        letters = (self.type.function or "()")[1:-1]
        if len(arguments) != len(letters):
            raise TypeError(f"the tag takes {len(letters)} arguments, not {len(arguments)}")
        values = Values(self._guest, arguments, [value_type(letter) for letter in letters])
        result = c_void_p()
        with self._guest as guest:
            check(lib.exception_new(self._address, values.array, len(arguments), byref(result)))
            return ExceptionObject(RefHandle(result.value), guest)

    def __contains__(self, exception: Reference) -> bool:
        """Returns whether an exception has this tag."""
        with self._guest:
            return bool(lib.ref_has_tag(exception.handle.value, self._address))


_T = TypeVar("_T", bound=_Object)


class Exported(Mapping[str, _T], Generic[_T]):
    """The objects of one kind that an instance exports, by their names."""

    def __init__(
        self,
        guest: Guest,
        module: Module,
        kind: ExternKind,
        make: Callable[[int, Guest], _T],
        find: Callable[..., Any],
    ) -> None:
        self._guest = guest
        self._names = [export.name for export in module.exports if export.type.kind == kind]
        self._make = make
        self._find = find

    def __getitem__(self, name: str) -> _T:
        if name not in self._names:
            raise KeyError(name)
        result = c_void_p()
        with self._guest as guest:
            check(self._find(guest.instance.value, c_string(name), byref(result)))
            return self._make(result.value or 0, guest)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


_TYPES = {
    "i": ValueType.I32,
    "I": ValueType.I64,
    "f": ValueType.F32,
    "F": ValueType.F64,
    "v": ValueType.V128,
}


def value_type(letter: str) -> ValueType:
    """Returns the type that a letter means."""
    return _TYPES.get(letter, ValueType.REF)


def unsigned(number: int) -> int:
    """Returns a number. Fails if it has more than 64 bits or a sign."""
    if not 0 <= number < 1 << 64:
        raise OverflowError(f"{number} does not fit into 64 bits")
    return number
