"""Functions of Python that guests import."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from ctypes import byref, c_void_p
from typing import Any, Callable, Iterator, Optional, Union

from .check import check
from .errors import Exit, GuestException, UseError, c_string
from .guest import Guest, Sharing, add_object, fail, finalize, innermost, lend, object_of
from .handles import LinkerHandle, PreparedHandle, RefHandle
from .instance import Instance, host_object, string_object
from .module import Limits, Module
from .native import CALLBACK, Value, lib
from .objects import Global, Memory, Table, Tag
from .referents import Function, HostObject, String
from .shared_memory import SharedMemory
from .store import Store
from .values import Values, ValueType, from_value
from .wasi import Wasi
from .workers import run


class Caller:
    """The instance that has called a function, until that returns."""

    def __init__(self, address: int, guest: Guest) -> None:
        self._address: Optional[int] = address
        self._guest = guest

    @property
    def memory_size(self) -> int:
        """The size of the memory that is exported as "memory", 0 if there is none."""
        return self._memory()[1]

    def read(self, at: int, size: int) -> bytes:
        """Returns bytes of the memory. Raises IndexError if they are not all in it."""
        return ctypes.string_at(self._part(at, size), size)

    def write(self, at: int, contents: bytes) -> None:
        """Changes bytes of the memory, likewise."""
        ctypes.memmove(self._part(at, len(contents)), bytes(contents), len(contents))

    def reference(self, value: Any) -> HostObject:
        """Makes a reference to any object; see Instance.reference."""
        with self._guest as guest:
            return host_object(lib.caller_instance(self._valid()), value, guest)

    def string(self, text: str) -> String:
        """Makes a string of the JS string builtins."""
        with self._guest as guest:
            return string_object(lib.caller_instance(self._valid()), text, guest)

    def end(self) -> None:
        """Makes all other functions fail."""
        self._address = None

    def _valid(self) -> int:
        if self._address is None:
            raise UseError("the function that was called has returned")
        return self._address

    def _memory(self) -> tuple[int, int]:
        size = ctypes.c_size_t()
        with self._guest:
            return lib.caller_memory(self._valid(), byref(size)) or 0, size.value

    def _part(self, at: int, size: int) -> int:
        start, whole = self._memory()
        if not (0 <= at <= whole and 0 <= size <= whole - at):
            raise IndexError(f"{size} bytes at {at} are not in a memory of {whole}")
        return start + at


# What a linker can define besides functions of Python.
Item = Union[Memory, Table, Global, Tag, Function]


class Linker:
    """Definitions for the imports of modules, for any number of instances.

    All instances that a linker with a `store` makes are of that store. So are those of a linker in
    which something of an instance has been defined (`define_instance`, `define_item`): they share a
    store with that instance. Such a linker is in use while one of them is.
    """

    def __init__(self, store: Optional[Store] = None) -> None:
        self._sharing: Optional[Sharing] = None  # that of the store, if it has one
        self._lock = threading.Lock()
        self._handle = LinkerHandle(lib.linker_new())
        if store is not None:
            guest = store.guest
            self._join(guest, lambda linker: lib.linker_store(linker, guest.instance.value))

    def __del__(self) -> None:
        if self._sharing is not None:
            self._sharing.discard(self._handle)

    def define(
        self,
        module: str,
        name: str,
        function: Callable[..., Any],
        type: Optional[str] = None,
        with_caller: bool = False,
    ) -> None:
        """Defines `module`.`name`. A later definition of a name replaces an earlier one.

        The function gets the guest's arguments, with `with_caller` after a Caller, and returns what
        calls of guests return: None, a value, or a tuple. `type`, such as "(iI)f" (ExternType),
        makes importing it with another type an error; else it is of each type that it is imported
        with.

        If it raises an exception, the guest's call traps with the message, and once the guest
        returns, the exception is raised. But Exit ends the call as the guest's exit, and a
        GuestException is thrown in the guest. It runs in a thread of its own, while the thread of
        the guest waits, and may use the instance. It lives until the linker and all instances have
        been closed.
        """
        if not callable(function):
            raise TypeError(f"expected a function, not {function!r}")
        key = add_object((function, with_caller))
        text = None if type is None else c_string(type)
        with self._use():
            error = lib.linker_callback(
                self._handle.value, c_string(module), c_string(name), text, _call, key, finalize
            )
        if error:
            finalize(key)
        check(error)

    def define_instance(self, module: str, instance: Instance) -> None:
        """Defines all exports of an instance, of any kind, as `module`. They exist as long as the
        linker and the instances that import them, also if the instance has been closed."""
        name, guest = c_string(module), instance.guest
        self._join(guest, lambda linker: lib.linker_instance(linker, name, guest.instance.value))

    def define_item(self, module: str, name: str, item: Item) -> None:
        """Defines `module`.`name` as a memory, a table, a global, a tag or a function of a guest,
        or one that a Store has made, likewise."""
        place = c_string(module), c_string(name)
        define, value = (
            (lib.linker_ref, item.handle.value)
            if isinstance(item, Function)
            else (item.define, item.address)
        )
        self._join(item.guest, lambda linker: define(linker, *place, value))

    def define_shared_memory(self, module: str, name: str, memory: SharedMemory) -> None:
        """Defines `module`.`name` as a shared memory, which instances keep."""
        with self._use():
            lib.linker_shared_memory(
                self._handle.value, c_string(module), c_string(name), memory.handle.value
            )

    def trap_unknown(self) -> None:
        """Lets imported functions that are not defined trap when they are called, instead of being
        an error."""
        with self._use():
            lib.linker_trap_unknown(self._handle.value)

    def instantiate(
        self, module: Module, wasi: Optional[Wasi] = None, limits: Optional[Limits] = None
    ) -> Instance:
        """Makes an instance, as `Instance(module, wasi, limits)` does, with these definitions. If
        the linker has a store, the limits are those of the store."""
        return self.prepare(module, wasi, limits).instantiate()

    def prepare(
        self, module: Module, wasi: Optional[Wasi] = None, limits: Optional[Limits] = None
    ) -> Prepared:
        """Finds and checks the imports of a module once, for several instances. Raises UseError if
        imports are not defined, or not with their types."""
        wasi = Wasi() if wasi is None else wasi
        allowed = (Limits() if limits is None else limits).handle()
        result = c_void_p()
        with self._use() as sharing:
            if sharing is not None and limits is not None:
                raise UseError("the limits are those of the linker's store")
            error = lib.linker_prepare(
                self._handle.value,
                module.handle.value,
                wasi.handle.value,
                allowed.value,
                byref(result),
            )
        check(error)
        return Prepared(PreparedHandle(result.value), module, wasi, sharing)

    @contextlib.contextmanager
    def _use(self) -> Iterator[Optional[Sharing]]:
        """Lets this thread alone use the linker, and its store, which this returns."""
        with self._lock, self._sharing or contextlib.nullcontext():
            yield self._sharing

    def _join(self, guest: Guest, define: Callable[[int], Optional[int]]) -> None:
        """Calls a function with the library's linker that lets it have the store of a guest."""
        with self._lock:
            if self._sharing not in (None, guest.sharing):
                raise UseError("the linker has an instance or an object of another store")
            with guest:
                check(define(self._handle.value))
                guest.sharing.is_shared = True
                self._sharing = guest.sharing


class Prepared:
    """A module with its imports; see Linker.prepare. May be used by several threads at once, if the
    linker had no store."""

    def __init__(
        self, handle: PreparedHandle, module: Module, wasi: Wasi, sharing: Optional[Sharing]
    ) -> None:
        self._handle = handle
        self._module = module
        self._wasi = wasi
        self._sharing = sharing

    def __del__(self) -> None:
        if self._sharing is not None:
            self._sharing.discard(self._handle)

    def instantiate(self) -> Instance:
        """Makes an instance."""
        return Instance.made_by(
            self._sharing or Sharing(),
            lib.prepared_instantiate,
            (self._handle.value,),
            self._module,
            self._wasi,
        )


def _take(value: Value, guest: Guest) -> Any:
    """Returns a value that is borrowed from the library."""
    copy = Value.from_buffer_copy(value)
    if copy.type == ValueType.REF:
        copy.of.ref = lib.ref_new_copy(copy.of.ref)
    return from_value(copy, guest)


def _give(returned: Any, results: Any, count: int, guest: Guest) -> None:
    """Stores what a function has returned as its results."""
    values = () if count == 0 and returned is None else returned if count > 1 else (returned,)
    if not isinstance(values, tuple) or len(values) != count:
        raise TypeError(f"the function returned {returned!r} instead of {count} results")
    given = Values(guest, values, [results[i].type for i in range(count)])
    for i, value in enumerate(given.array):
        results[i].of = value.of
        if value.type == ValueType.REF:
            results[i].of.ref = lib.ref_new_copy(value.of.ref)


def _message(exception: BaseException) -> bytes:
    text = f"{type(exception).__name__}: {exception}"
    return text.replace("\0", "\ufffd").encode("utf-8", "replace")


@CALLBACK  # type: ignore[untyped-decorator]
def _call(
    address: int, arguments: Any, argument_count: int, results: Any, result_count: int
) -> Optional[int]:
    """Calls a function for a guest, in the thread of the guest."""
    try:
        function, with_caller = object_of(lib.caller_env(address))
        guest = innermost()
        given = [_take(arguments[i], guest) for i in range(argument_count)]
        caller = Caller(address, guest)
        if with_caller:
            given.insert(0, caller)
        try:
            returned = run(lend(lambda: function(*given)))
        finally:
            caller.end()
        _give(returned, results, result_count, guest)
    except Exit as exit_:
        lib.caller_exit(address, exit_.status)
    except GuestException as thrown:
        return _throw(address, thrown)
    except BaseException as exception:  # nothing may leave a function that a guest calls
        fail(exception)
        return lib.error_new(_message(exception))
    return None


def _throw(address: int, thrown: GuestException) -> Optional[int]:
    if thrown.exception is None:
        return lib.error_new(_message(thrown))
    return lib.instance_throw(lib.caller_instance(address), thrown.exception.handle.value)
