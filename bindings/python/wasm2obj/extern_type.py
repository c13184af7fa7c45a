"""The types of imports and exports."""

from __future__ import annotations

import enum
from typing import NamedTuple, Optional

from .native import ExternTypeStruct


class ExternKind(enum.IntEnum):
    """The kind of an import or export."""

    FUNCTION = 0
    TABLE = 1
    MEMORY = 2
    GLOBAL = 3
    TAG = 4


class ExternType(NamedTuple):
    """The type of an import, an export or an object; None and False: the kind has no such thing.

    Types of values are letters: i, I, f and F are i32, i64, f32 and f64, v is v128, x externref, c
    funcref, and r any other reference type. `function` is the type of a function or the parameters
    of a tag, as "(iI)f"; `value` that of a global or of the elements of a table. `minimum` and
    `maximum` are pages of a memory, of `page_size` bytes, or elements of a table. `text` is the
    whole type for people.
    """

    kind: ExternKind
    text: str
    function: Optional[str] = None
    value: Optional[str] = None
    is_mutable: bool = False
    is_64: bool = False
    is_shared: bool = False
    minimum: Optional[int] = None
    maximum: Optional[int] = None
    page_size: Optional[int] = None


class Import(NamedTuple):
    """What a module imports."""

    module: str
    name: str
    type: ExternType


class Export(NamedTuple):
    """What a module exports."""

    name: str
    type: ExternType


def text_of(text: Optional[bytes]) -> str:
    """Returns a string of the library."""
    return (text or b"").decode("utf-8", "replace")


def from_struct(given: ExternTypeStruct) -> ExternType:
    """Returns the type that the library describes."""
    kind = ExternKind(given.kind)
    has_limits = kind in (ExternKind.TABLE, ExternKind.MEMORY)
    return ExternType(
        kind=kind,
        text=text_of(given.text),
        function=text_of(given.function) if given.function is not None else None,
        value=given.value.decode() if given.value != b"\0" else None,
        is_mutable=given.is_mutable,
        is_64=given.is_64,
        is_shared=given.is_shared,
        minimum=given.min if has_limits else None,
        maximum=given.max if given.has_max else None,
        page_size=given.page_size if kind == ExternKind.MEMORY else None,
    )
