"""Runs WebAssembly modules that wasm2obj has compiled, with WASI preview 1, in this process.

    module = wasm2obj.Module.open("program.so")
    instance = wasm2obj.Instance(module)
    print(instance.exports.add(1, 2))

Instances and what belongs to them may be used by any thread, by one at a time: others get a
UseError meanwhile. Only Instance.interrupt may be called at any time.
"""

from .errors import Error, Exit, GuestException, Interrupted, Trap, UseError
from .instance import Exports, Instance
from .module import Limits, Module
from .reference import I31, Reference
from .referents import ExceptionObject, Function, HostObject, Object, Part, String
from .values import ValueType
from .wasi import Buffer, Directory, Wasi

__all__ = [
    "Buffer",
    "Directory",
    "Error",
    "ExceptionObject",
    "Exit",
    "Exports",
    "Function",
    "GuestException",
    "HostObject",
    "I31",
    "Instance",
    "Interrupted",
    "Limits",
    "Module",
    "Object",
    "Part",
    "Reference",
    "String",
    "Trap",
    "UseError",
    "ValueType",
    "Wasi",
]
