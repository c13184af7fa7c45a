"""What references of guests refer to: their objects and functions, and objects of Python."""

from __future__ import annotations

import ctypes
from typing import Any, Iterator, NamedTuple, Optional

from .check import check
from .guest import Guest, object_of
from .handles import RefHandle
from .native import PartType, Value, lib
from .reference import Kind, Reference, refers_to
from .values import Values, ValueType, from_value


class Part(NamedTuple):
    """The type of a part of an object; i8 and i16 are I32 of 1 and 2 bytes."""

    type: ValueType
    bytes: int
    is_mutable: bool


@refers_to(Kind.STRUCT, Kind.ARRAY)
class Object(Reference):
    """A struct or an array, a sequence of its fields or elements. Negative indices are refused."""

    def __len__(self) -> int:
        with self.guest:
            return int(lib.ref_size(self.handle.value))

    def __getitem__(self, index: int) -> Any:
        value = Value()
        with self.guest:
            self._check(index)
            check(lib.ref_get(self.handle.value, index, ctypes.byref(value)))
            return from_value(value, self.guest)

    def __setitem__(self, index: int, value: Any) -> None:
        values = Values(self.guest, [value], [self.part(index).type])
        with self.guest:
            check(lib.ref_set(self.handle.value, index, values.array))

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def part(self, index: int) -> Part:
        """Returns the type of a part."""
        part = PartType()
        with self.guest:
            self._check(index)
            check(lib.ref_part(self.handle.value, index, ctypes.byref(part)))
        return Part(ValueType(part.type), part.bytes, part.is_mutable)

    def _check(self, index: int) -> None:
        count = lib.ref_size(self.handle.value)
        if not 0 <= index < count:
            raise IndexError(f"the index {index} is not less than {count}")


@refers_to(Kind.EXCEPTION)
class ExceptionObject(Object):
    """An exception, a sequence of its arguments."""

    @property
    def tag(self) -> Optional[str]:
        """The name of the export that is its tag, or "tag[INDEX]"; None if the instance could not
        be made because of it."""
        with self.guest:
            tag = lib.ref_tag(self.handle.value)
        return None if tag is None else tag.decode("utf-8", "replace")


@refers_to(Kind.HOST)
class HostObject(Reference):
    """A reference to an object of Python, which it keeps alive, as does a guest that has it."""

    @property
    def object(self) -> Any:
        """The object."""
        with self.guest:
            return object_of(lib.ref_host(self.handle.value))


@refers_to(Kind.STRING)
class String(Reference):
    """A string of the JS string builtins."""

    def __str__(self) -> str:
        with self.guest:
            size = lib.ref_string(self.handle.value, None, 0)
            text = ctypes.create_string_buffer(size)
            lib.ref_string(self.handle.value, text, size)
        return text.raw.decode("utf-8")


@refers_to(Kind.FUNCTION)
class Function(Reference):
    """A function, which can be called. Several results are a tuple, and none are None."""

    def __init__(self, handle: RefHandle, guest: Guest, name: str = "the function") -> None:
        super().__init__(handle, guest)
        self.name = name
        parameters, results = ctypes.c_size_t(), ctypes.c_size_t()
        counts = ctypes.byref(parameters), ctypes.byref(results)
        check(lib.ref_function_type(handle.value, None, 0, *counts))
        size = parameters.value + results.value
        types = (ctypes.c_int * size)()
        check(lib.ref_function_type(handle.value, types, size, *counts))
        all_types = tuple(map(ValueType, types))
        self.parameters: tuple[ValueType, ...] = all_types[: parameters.value]
        self.results: tuple[ValueType, ...] = all_types[parameters.value :]

    def __call__(self, *arguments: Any) -> Any:
        """Calls the function. Raises Trap, Exit or GuestException if the guest ends otherwise than
        by returning, and TypeError, ValueError or OverflowError for arguments that do not fit."""
        if len(arguments) != len(self.parameters):
            raise TypeError(
                f"{self.name} takes {len(self.parameters)} arguments, not {len(arguments)}"
            )
        passed = Values(self.guest, arguments, self.parameters)
        results = (Value * len(self.results))()
        with self.guest:
            count = len(self.parameters)
            error = self.guest.call(
                lib.ref_call, self.handle.value, passed.array, count, results, len(results)
            )
            check(error, self.guest)
            values = [from_value(value, self.guest) for value in results]
        return tuple(values) if len(values) > 1 else values[0] if values else None
