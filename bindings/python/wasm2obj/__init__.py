"""Runs WebAssembly modules that wasm2obj has compiled, with WASI preview 1, in this process.

    module = wasm2obj.Module.open("program.so")
    instance = wasm2obj.Instance(module)
    print(instance.exports.add(1, 2))

Instances and what belongs to them may be used by any thread, by one at a time: others get a
UseError meanwhile. Instances of a Store are used by one thread at a time all together. Only the
functions interrupt() may be called at any time.
"""

from .errors import Error, Exit, GuestException, Interrupted, OutOfFuel, Trap, UseError
from .extern_type import Export, ExternKind, ExternType, Import
from .instance import Exports, Instance
from .linker import Caller, Linker, Prepared
from .module import Account, Facts, Limits, Module
from .objects import Exported, Global, Memory, Table, Tag
from .reference import I31, Reference
from .referents import ExceptionObject, Function, HostObject, Object, Part, String
from .shared_memory import SharedMemory, Wait
from .store import Store
from .values import ValueType
from .wasi import Buffer, Directory, Wasi

__all__ = [
    "Account",
    "Buffer",
    "Caller",
    "Directory",
    "Error",
    "ExceptionObject",
    "Exit",
    "Export",
    "Exported",
    "Exports",
    "ExternKind",
    "ExternType",
    "Facts",
    "Function",
    "Global",
    "GuestException",
    "HostObject",
    "I31",
    "Import",
    "Instance",
    "Interrupted",
    "Limits",
    "Linker",
    "Memory",
    "Module",
    "Object",
    "OutOfFuel",
    "Part",
    "Prepared",
    "Reference",
    "SharedMemory",
    "Store",
    "String",
    "Table",
    "Tag",
    "Trap",
    "UseError",
    "ValueType",
    "Wait",
    "Wasi",
]
