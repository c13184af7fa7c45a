"""Modules that wasm2obj has compiled, and the limits of their instances."""

from __future__ import annotations

import dataclasses
import os
from ctypes import byref, c_size_t, c_void_p
from typing import Iterable, NamedTuple, Optional, Union

from .check import check
from .errors import c_path, c_string
from .extern_type import Export, Import, from_struct, text_of
from .handles import AccountHandle, KeysHandle, LimitsHandle, ModuleHandle
from .native import lib

# A public key of Ed25519: a text in PEM, or the path of a file with one.
Key = Union[str, "os.PathLike[str]"]


@dataclasses.dataclass(frozen=True)
class Limits:
    """Limits on the resources of the host that an instance uses; None: the library's default.

    `memory_bytes`: all memories together; `table_elements`: all tables together; `host_bytes`:
    memories, tables and all other data; `heap_bytes`: objects (garbage collection). If one would be
    exceeded, memory.grow and table.grow return -1 to the guest, creating an object traps, and
    making an instance raises UseError.

    `call_seconds`: the time of each call, also of the start function and `_initialize` when an
    instance is made. A call that takes longer is interrupted.

    `account`: what is made with these limits belongs to it.
    """

    memory_bytes: Optional[int] = None
    table_elements: Optional[int] = None
    host_bytes: Optional[int] = None
    heap_bytes: Optional[int] = None
    call_seconds: Optional[float] = None
    account: Optional[Account] = None

    def handle(self) -> LimitsHandle:
        """Returns the library's object."""
        handle = LimitsHandle(lib.limits_new())
        sizes = self.memory_bytes, self.table_elements, self.host_bytes, self.heap_bytes
        for which, value in enumerate((*sizes, to_nanoseconds(self.call_seconds))):
            if value is None:
                continue
            if not 0 <= value < 1 << 64:
                raise OverflowError(f"{value} is no limit")
            lib.limits_set(handle.value, which, value)
        if self.account is not None:
            lib.limits_set_account(handle.value, self.account.handle.value)
        return handle


class Account:
    """What several instances may take together, besides what their own limits say: all of a
    process, or those of a customer. They belong to it by `Limits.account`, and go on to do so when
    nothing else refers to it; so may another account. A heap of objects counts with the most that
    it has had. The time of calls is no limit of an account. May be used by several threads at
    once."""

    def __init__(self, limits: Optional[Limits] = None) -> None:
        allowed = (Limits() if limits is None else limits).handle()
        self.handle = AccountHandle(lib.account_new(allowed.value))


def to_nanoseconds(seconds: Optional[float]) -> Optional[int]:
    """Returns a time limit as the library wants it; None for None."""
    if seconds is None:
        return None
    if not 0 < seconds < 1e9:
        raise ValueError("the time limit must be positive, and less than 1e9 seconds")
    return max(int(seconds * 1e9), 1)


class Facts(NamedTuple):
    """What a module was made of: its name in the name section; the CPU for which the code that is
    used was compiled; the SHA-256 of the module in the binary format, in hexadecimal; the versions
    of the compiler and of the ABI; the number of functions, without imports, and the size of their
    code in bytes; whether it has a start function."""

    name: str
    cpu: str
    source_sha256: str
    compiler_version: tuple[int, ...]
    abi_version: int
    function_count: int
    code_size: int
    has_start: bool


class Module:
    """A module, which may be used by several threads at once. See `open` and `from_bytes`."""

    def __init__(self, handle: ModuleHandle) -> None:
        self.handle = handle

    @property
    def imports(self) -> tuple[Import, ...]:
        """What the module imports."""
        count = c_size_t()
        found = lib.module_imports(self.handle.value, byref(count))
        return tuple(
            Import(text_of(each.module), text_of(each.name), from_struct(each.type))
            for each in found[: count.value]
        )

    @property
    def exports(self) -> tuple[Export, ...]:
        """What the module exports."""
        count = c_size_t()
        found = lib.module_exports(self.handle.value, byref(count))
        return tuple(
            Export(text_of(each.name), from_struct(each.type)) for each in found[: count.value]
        )

    @property
    def facts(self) -> Facts:
        """What the module was made of."""
        facts = lib.module_facts(self.handle.value).contents
        return Facts(
            text_of(facts.name),
            text_of(facts.cpu),
            bytes(facts.source_sha256).hex(),
            tuple(facts.compiler_version),
            facts.abi_version,
            facts.function_count,
            facts.code_size,
            facts.has_start,
        )

    @classmethod
    def open(
        cls, path: Union[str, "os.PathLike[str]"], keys: Optional[Iterable[Key]] = None
    ) -> Module:
        """Loads a shared object that wasm2obj has made. Its machine code is not checked, so it must
        come from a trusted compiler; with `keys`, it must be signed by the owner of one of them."""
        result = c_void_p()
        if keys is None:
            check(lib.module_open(c_path(path), byref(result)))
        else:
            trusted = _handle_of(keys)
            check(lib.module_open_signed(c_path(path), trusted.value, byref(result)))
        return cls(ModuleHandle(result.value))

    @classmethod
    def from_bytes(cls, contents: bytes, keys: Optional[Iterable[Key]] = None) -> Module:
        """Loads the contents of such a file, likewise."""
        contents, result = bytes(contents), c_void_p()
        size = len(contents)
        if keys is None:
            check(lib.module_open_bytes(contents, size, byref(result)))
        else:
            trusted = _handle_of(keys)
            check(lib.module_open_signed_bytes(contents, size, trusted.value, byref(result)))
        return cls(ModuleHandle(result.value))

    def pool(self, instances: int) -> None:
        """Sets for how many closed instances the module keeps their memories, 0 at first: instances
        that are made later get such a memory, as new, in a third of the time."""
        if not 0 <= instances < 1 << 64:
            raise OverflowError(f"{instances} is no number of instances")
        lib.module_pool(self.handle.value, instances)


def _handle_of(keys: Iterable[Key]) -> KeysHandle:
    if isinstance(keys, (str, bytes)):
        raise TypeError("expected several keys, such as a list")
    handle = KeysHandle(lib.keys_new())
    for key in keys:
        if isinstance(key, str):
            check(lib.keys_add(handle.value, c_string(key)))
        else:
            check(lib.keys_add_file(handle.value, c_path(key)))
    return handle
