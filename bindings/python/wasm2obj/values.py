"""Values of WebAssembly as values of Python, and back.

i32 and i64 are integers: arguments may be signed or unsigned, results are signed. f32 and f64 are
floats; v128 is 16 bytes, lane 0 first. References are None, an I31, or objects of referents.py.
"""

from __future__ import annotations

import enum
import operator
from typing import Any, Optional, Sequence

from .errors import UseError
from .guest import Guest
from .handles import RefHandle
from .native import Value, lib
from .reference import I31, Reference, wrap


class ValueType(enum.IntEnum):
    """The type of a value; REF is any reference type."""

    I32 = 0
    I64 = 1
    F32 = 2
    F64 = 3
    V128 = 4
    REF = 5


def _integer(value: Any, bits: int) -> int:
    number = operator.index(value)
    if not -(1 << bits - 1) <= number < 1 << bits:
        raise OverflowError(f"{number} does not fit into i{bits}")
    return number


def _vector(value: Any) -> bytes:
    contents = bytes(memoryview(value))
    if len(contents) != 16:
        raise ValueError(f"a v128 has 16 bytes, not {len(contents)}")
    return contents


class Values:
    """An array of values for the library, whose references live as long as it."""

    def __init__(self, guest: Guest, values: Sequence[Any], types: Sequence[int]) -> None:
        self.array = (Value * len(values))()
        self._guest = guest
        self._kept: list[RefHandle] = []
        for target, value, kind in zip(self.array, values, types):
            target.type = kind
            self._store(target.of, value, kind)

    def _store(self, target: Any, value: Any, kind: int) -> None:
        if kind == ValueType.REF:
            target.ref = self._reference(value)
        elif kind == ValueType.I32:
            target.i32 = _integer(value, 32)
        elif kind == ValueType.I64:
            target.i64 = _integer(value, 64)
        elif kind == ValueType.F32:
            target.f32 = float(value)
        elif kind == ValueType.F64:
            target.f64 = float(value)
        else:
            target.v128[:] = _vector(value)

    def _reference(self, value: Any) -> Optional[int]:
        if value is None:
            return None
        if isinstance(value, I31):
            handle = RefHandle(lib.ref_new_i31(value))
        elif isinstance(value, Reference):
            if value.guest.sharing is not self._guest.sharing:
                raise UseError("the reference is of another instance, and not of the same store")
            handle = value.handle
        else:
            raise TypeError(f"expected a reference or None, not {type(value).__name__}")
        self._kept.append(handle)
        return handle.value


def from_value(value: Value, guest: Guest) -> Any:
    """Returns a value that the library has returned, which takes over its reference."""
    kind = value.type
    if kind == ValueType.I32:
        return value.of.i32
    if kind == ValueType.I64:
        return value.of.i64
    if kind == ValueType.F32:
        return value.of.f32
    if kind == ValueType.F64:
        return value.of.f64
    if kind == ValueType.V128:
        return bytes(value.of.v128)
    return wrap(value.of.ref, guest)
