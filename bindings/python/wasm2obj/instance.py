"""Instances of modules."""

from __future__ import annotations

from ctypes import byref, c_int32, c_size_t, c_void_p
from typing import Any, Callable, Optional

from .check import check
from .errors import UseError, c_string
from .extern_type import ExternKind
from .guest import Guest, Sharing, add_object, finalize
from .module import Limits, Module, to_nanoseconds
from .handles import InstanceHandle, RefHandle, SharedMemoryHandle, delete_ended
from .native import lib
from .objects import Exported, Global, Memory, Table, Tag
from .referents import Function, HostObject, String
from .shared_memory import SharedMemory
from .wasi import Wasi


class Exports:
    """The exported functions of an instance as attributes, and, for names that are no identifiers,
    as items."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def __getitem__(self, name: str) -> Function:
        return self._instance.function(name)

    def __getattr__(self, name: str) -> Function:
        try:
            return self._instance.function(name)
        except UseError as error:
            if self._instance.exports_function(name):
                raise
            raise AttributeError(str(error)) from error


class Instance:
    """An instance of a module, with memory and files of its own, unless it imports those of others
    (Linker.define_instance). It is closed at the end of a `with` statement, or when nothing refers
    to it and to what belongs to it.

    Making one runs the module's start function and its export `_initialize`, which may raise what
    calls do. It raises UseError if the module imports anything but functions of WASI (a Linker
    defines others), exceeds a limit, or if a file, directory or stream of `wasi` is not available.
    """

    def __init__(
        self, module: Module, wasi: Optional[Wasi] = None, limits: Optional[Limits] = None
    ) -> None:
        wasi = Wasi() if wasi is None else wasi
        allowed = (Limits() if limits is None else limits).handle()
        arguments = module.handle.value, wasi.handle.value, allowed.value
        self._make(Sharing(), lib.instance_new_limited, arguments, module, wasi)

    @classmethod
    def made_by(
        cls,
        sharing: Sharing,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        module: Module,
        wasi: Wasi,
    ) -> Instance:
        """Returns an instance that a function of the library makes in a store; for Prepared."""
        instance = cls.__new__(cls)
        instance._make(sharing, function, arguments, module, wasi)
        return instance

    def _make(
        self,
        sharing: Sharing,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        module: Module,
        wasi: Wasi,
    ) -> None:
        delete_ended()
        sharing.add_locks(wasi.locks)
        self._guest = Guest(sharing)
        self._functions: dict[str, Function] = {}
        self._module = module
        result = c_void_p()
        with self._guest as guest:
            check(guest.call(function, *arguments, byref(result)), guest)
            guest.handle = InstanceHandle(result.value, wasi.descriptors, sharing.ended)

    @property
    def guest(self) -> Guest:
        """What enters the instance; for Linker."""
        return self._guest

    @property
    def exports(self) -> Exports:
        """The exported functions: `instance.exports.add(1, 2)`."""
        return Exports(self)

    def exports_function(self, name: str) -> bool:
        """Returns whether the module exports a function with this name; for Exports."""
        return any(
            export.name == name and export.type.kind == ExternKind.FUNCTION
            for export in self._module.exports
        )

    def function(self, name: str) -> Function:
        """Returns an exported function. Raises UseError if there is none with this name."""
        if name not in self._functions:
            result = c_void_p()
            with self._guest as guest:
                check(lib.instance_function(guest.instance.value, c_string(name), byref(result)))
                self._functions[name] = Function(RefHandle(result.value), guest, name)
        return self._functions[name]

    def call(self, name: str, *arguments: Any) -> Any:
        """Calls an exported function; see Function."""
        return self.function(name)(*arguments)

    def run(self) -> int:
        """Calls `_start` of a command and returns its exit status, 0 if it returns."""
        status = c_int32()
        with self._guest as guest:
            check(guest.call(lib.instance_run, guest.instance.value, byref(status)), guest)
        return status.value

    @property
    def memory(self) -> memoryview:
        """The bytes of the memory that is exported as "memory". When the memory grows, a view still
        has the size that the memory had. Views keep the memory, also after the instance has been
        closed: it is freed when an instance is made or closed after the last view is gone."""
        size = c_size_t()
        with self._guest as guest:
            address = lib.instance_memory(guest.instance.value, byref(size))
            if not address:
                raise UseError("no memory is exported as 'memory'")
            return guest.instance.view(address, size.value)

    @property
    def memories(self) -> Exported[Memory]:
        """The exported memories by their names; likewise the next three."""
        find = lib.instance_find_memory
        return Exported(self._guest, self._module, ExternKind.MEMORY, Memory, find)

    def shared_memory(self, name: str) -> SharedMemory:
        """Returns an exported shared memory, which may outlive the instance. Raises UseError if
        there is none with this name."""
        result = c_void_p()
        with self._guest as guest:
            handle = guest.instance.value
            check(lib.shared_memory_new_export(handle, c_string(name), byref(result)))
        return SharedMemory.of(SharedMemoryHandle(result.value))

    @property
    def tables(self) -> Exported[Table]:
        """The exported tables."""
        return Exported(self._guest, self._module, ExternKind.TABLE, Table, lib.instance_find_table)

    @property
    def globals(self) -> Exported[Global]:
        """The exported globals."""
        find = lib.instance_find_global
        return Exported(self._guest, self._module, ExternKind.GLOBAL, Global, find)

    @property
    def tags(self) -> Exported[Tag]:
        """The exported tags."""
        return Exported(self._guest, self._module, ExternKind.TAG, Tag, lib.instance_find_tag)

    def reference(self, value: Any) -> HostObject:
        """Makes a reference to any object, which the guest may have as an externref or anyref. The
        object lives until Python and the guest have no reference to it any more."""
        with self._guest as guest:
            return host_object(guest.instance.value, value, guest)

    def string(self, text: str) -> String:
        """Makes a string of the JS string builtins."""
        with self._guest as guest:
            return string_object(guest.instance.value, text, guest)

    def collect(self) -> None:
        """Collects garbage of the guest now."""
        with self._guest as guest:
            check(lib.instance_collect(guest.instance.value))

    def interrupt(self) -> None:
        """Ends the call of the guest, which raises Interrupted, and so does every later one: the
        instance and others of its store can only be closed, and their memories be read. May be
        called by any thread at any time; has no effect on an instance that has been closed."""
        handle = self._guest.handle  # which cannot be deleted meanwhile
        if handle is not None:
            lib.instance_interrupt(handle.value)

    def limit_time(self, seconds: Optional[float]) -> None:
        """Lets later calls be interrupted if they take longer than this; None for no limit.
        Replaces `Limits.call_seconds`."""
        nanoseconds = to_nanoseconds(seconds) or 0
        with self._guest as guest:
            lib.instance_time_limit(guest.instance.value, nanoseconds)

    @property
    def fuel(self) -> int:
        """What is left of the fuel, which instructions consume: each about one unit. A call that
        consumes more raises OutOfFuel. At the beginning it is 2**63 - 1. It can be set if the
        module was compiled with --count-fuel."""
        with self._guest as guest:
            return lib.instance_fuel(guest.instance.value)

    @fuel.setter
    def fuel(self, units: int) -> None:
        if not 0 <= units < 1 << 64:
            raise ValueError("the fuel must be a number of 64 bits")
        with self._guest as guest:
            check(lib.instance_set_fuel(guest.instance.value, units))

    def close(self) -> None:
        """Frees the instance and closes its files. Its references cannot be used any more. If a
        call into it is active, it is freed when that returns, and if other instances of its store
        import something of it, when they have been closed."""
        if self._guest.is_closed:
            return
        with self._guest as guest:
            guest.is_closed = True
            guest.handle = None
        self._functions.clear()

    def __enter__(self) -> Instance:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def host_object(instance: int, value: Any, guest: Guest) -> HostObject:
    """Makes a reference to an object for an instance of the library. The thread must be in the
    guest; likewise below."""
    result = c_void_p()
    key = add_object(value)
    error = lib.ref_new_host(instance, key, finalize, byref(result))
    if error:
        finalize(key)
    check(error)
    return HostObject(RefHandle(result.value), guest)


def string_object(instance: int, text: str, guest: Guest) -> String:
    """Makes a string."""
    contents, result = text.encode("utf-8", "replace"), c_void_p()
    check(lib.ref_new_string(instance, contents, len(contents), byref(result)))
    return String(RefHandle(result.value), guest)
