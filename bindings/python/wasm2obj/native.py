"""The functions of wasm2obj.h and its parts.

The library is the one beside this file, or that of the environment variable WASM2OBJ_LIBRARY, or
else one that is installed.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, c_bool, c_char_p, c_int, c_int32, c_int64, c_size_t, c_uint32
from ctypes import c_uint64, c_void_p
from pathlib import Path
from typing import Any


def _load() -> ctypes.CDLL:
    bundled = Path(__file__).with_name("libwasmrt.so")
    path = os.environ.get("WASM2OBJ_LIBRARY")
    if path is None:
        path = str(bundled) if bundled.exists() else "libwasmrt.so.0"
    return ctypes.CDLL(path)


class Number(ctypes.Union):
    """The member `of` of wasm2obj_value_t."""

    _fields_ = [
        ("i32", c_int32),
        ("i64", c_int64),
        ("f32", ctypes.c_float),
        ("f64", ctypes.c_double),
        ("v128", ctypes.c_uint8 * 16),
        ("ref", c_void_p),
    ]


class Value(ctypes.Structure):
    """wasm2obj_value_t"""

    _fields_ = [("type", c_int), ("of", Number)]


class PartType(ctypes.Structure):
    """wasm2obj_part_t"""

    _fields_ = [("type", c_int), ("bytes", c_uint32), ("is_mutable", c_bool)]


class ExternTypeStruct(ctypes.Structure):
    """wasm2obj_extern_type_t"""

    _fields_ = [
        ("kind", c_int),
        ("function", c_char_p),
        ("text", c_char_p),
        ("value", ctypes.c_char),
        ("is_mutable", c_bool),
        ("is_64", c_bool),
        ("is_shared", c_bool),
        ("has_max", c_bool),
        ("page_size", c_uint32),
        ("min", c_uint64),
        ("max", c_uint64),
    ]


class ImportStruct(ctypes.Structure):
    """wasm2obj_import_t"""

    _fields_ = [("module", c_char_p), ("name", c_char_p), ("type", ExternTypeStruct)]


class ExportStruct(ctypes.Structure):
    """wasm2obj_export_t"""

    _fields_ = [("name", c_char_p), ("type", ExternTypeStruct)]


class FactsStruct(ctypes.Structure):
    """wasm2obj_facts_t"""

    _fields_ = [
        ("name", c_char_p),
        ("cpu", c_char_p),
        ("source_sha256", ctypes.c_uint8 * 32),
        ("compiler_version", c_uint32 * 3),
        ("abi_version", c_uint32),
        ("function_count", c_uint64),
        ("code_size", c_uint64),
        ("has_start", c_bool),
    ]


# Functions that guests or the library call.
READ = ctypes.CFUNCTYPE(ctypes.c_ssize_t, c_void_p, c_void_p, c_size_t)
WRITE = ctypes.CFUNCTYPE(ctypes.c_ssize_t, c_void_p, c_void_p, c_size_t)
FINISH = ctypes.CFUNCTYPE(None, c_void_p)
CALLBACK = ctypes.CFUNCTYPE(c_void_p, c_void_p, POINTER(Value), c_size_t, POINTER(Value), c_size_t)

# Results and parameters of each function. All pointers to objects are integers.
_OBJECT, _RESULT = c_void_p, POINTER(c_void_p)
_CALL = [POINTER(Value), c_size_t, POINTER(Value), c_size_t]
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "error_delete": (None, [_OBJECT]),
    "error_kind": (c_int, [_OBJECT]),
    "error_text": (c_char_p, [_OBJECT]),
    "error_exit_status": (c_int32, [_OBJECT]),
    "error_exception": (_OBJECT, [_OBJECT]),
    "wasi_new": (_OBJECT, []),
    "wasi_delete": (None, [_OBJECT]),
    "wasi_argument": (None, [_OBJECT, c_char_p]),
    "wasi_variable": (None, [_OBJECT, c_char_p, c_char_p]),
    "wasi_directory": (None, [_OBJECT, c_char_p, c_char_p, c_bool]),
    "wasi_socket": (None, [_OBJECT, c_int]),
    "wasi_pin_clocks": (None, [_OBJECT, c_uint64, c_uint64]),
    "wasi_pin_random": (None, [_OBJECT, c_uint64]),
    "wasi_max_files": (None, [_OBJECT, c_uint32]),
    "wasi_trace": (None, [_OBJECT, c_int]),
    "wasi_stream_fd": (None, [_OBJECT, c_int, c_int]),
    "wasi_stream_file": (None, [_OBJECT, c_int, c_char_p]),
    "wasi_stdin_bytes": (None, [_OBJECT, c_char_p, c_size_t]),
    "buffer_new": (_OBJECT, [c_size_t]),
    "buffer_delete": (None, [_OBJECT]),
    "buffer_bytes": (c_void_p, [_OBJECT]),
    "buffer_size": (c_size_t, [_OBJECT]),
    "wasi_stream_buffer": (None, [_OBJECT, c_int, _OBJECT]),
    "wasi_stdin_calls": (None, [_OBJECT, READ, c_void_p, FINISH]),
    "wasi_stream_calls": (None, [_OBJECT, c_int, WRITE, c_void_p, FINISH]),
    "module_open": (_OBJECT, [c_char_p, _RESULT]),
    "module_open_bytes": (_OBJECT, [c_char_p, c_size_t, _RESULT]),
    "keys_new": (_OBJECT, []),
    "keys_delete": (None, [_OBJECT]),
    "keys_add": (_OBJECT, [_OBJECT, c_char_p]),
    "keys_add_file": (_OBJECT, [_OBJECT, c_char_p]),
    "module_open_signed": (_OBJECT, [c_char_p, _OBJECT, _RESULT]),
    "module_open_signed_bytes": (_OBJECT, [c_char_p, c_size_t, _OBJECT, _RESULT]),
    "module_delete": (None, [_OBJECT]),
    "module_pool": (None, [_OBJECT, c_size_t]),
    "limits_new": (_OBJECT, []),
    "limits_delete": (None, [_OBJECT]),
    "limits_set": (None, [_OBJECT, c_int, c_uint64]),
    "limits_set_account": (None, [_OBJECT, _OBJECT]),
    "account_new": (_OBJECT, [_OBJECT]),
    "account_delete": (None, [_OBJECT]),
    "store_new": (_OBJECT, [_OBJECT]),
    "store_delete": (None, [_OBJECT]),
    "store_interrupt": (None, [_OBJECT]),
    "memory_make": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct), _RESULT]),
    "table_make": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct), _OBJECT, _RESULT]),
    "global_make": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct), POINTER(Value), _RESULT]),
    "tag_make": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "instance_new_limited": (_OBJECT, [_OBJECT, _OBJECT, _OBJECT, _RESULT]),
    "instance_delete": (None, [_OBJECT]),
    "instance_run": (_OBJECT, [_OBJECT, POINTER(c_int32)]),
    "instance_interrupt": (None, [_OBJECT]),
    "instance_time_limit": (None, [_OBJECT, c_uint64]),
    "instance_set_fuel": (_OBJECT, [_OBJECT, c_uint64]),
    "instance_fuel": (c_uint64, [_OBJECT]),
    "instance_memory": (c_void_p, [_OBJECT, POINTER(c_size_t)]),
    "instance_collect": (_OBJECT, [_OBJECT]),
    "instance_function": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "instance_throw": (_OBJECT, [_OBJECT, _OBJECT]),
    "module_imports": (POINTER(ImportStruct), [_OBJECT, POINTER(c_size_t)]),
    "module_exports": (POINTER(ExportStruct), [_OBJECT, POINTER(c_size_t)]),
    "module_facts": (POINTER(FactsStruct), [_OBJECT]),
    "instance_find_memory": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "instance_find_table": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "instance_find_global": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "instance_find_tag": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "memory_type": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct)]),
    "memory_data": (c_void_p, [_OBJECT, POINTER(c_size_t)]),
    "memory_grow": (_OBJECT, [_OBJECT, c_uint64, POINTER(c_uint64)]),
    "table_type": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct)]),
    "table_size": (c_uint64, [_OBJECT]),
    "table_get": (_OBJECT, [_OBJECT, c_uint64, _RESULT]),
    "table_set": (_OBJECT, [_OBJECT, c_uint64, _OBJECT]),
    "table_grow": (_OBJECT, [_OBJECT, c_uint64, _OBJECT, POINTER(c_uint64)]),
    "global_type": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct)]),
    "global_get": (_OBJECT, [_OBJECT, POINTER(Value)]),
    "global_set": (_OBJECT, [_OBJECT, POINTER(Value)]),
    "tag_type": (_OBJECT, [_OBJECT, POINTER(ExternTypeStruct)]),
    "exception_new": (_OBJECT, [_OBJECT, POINTER(Value), c_size_t, _RESULT]),
    "ref_has_tag": (c_bool, [_OBJECT, _OBJECT]),
    "error_new": (_OBJECT, [c_char_p]),
    "caller_env": (c_void_p, [_OBJECT]),
    "caller_instance": (_OBJECT, [_OBJECT]),
    "caller_memory": (c_void_p, [_OBJECT, POINTER(c_size_t)]),
    "caller_exit": (None, [_OBJECT, c_int32]),
    "linker_new": (_OBJECT, []),
    "linker_delete": (None, [_OBJECT]),
    "linker_callback": (
        _OBJECT,
        [_OBJECT, c_char_p, c_char_p, c_char_p, CALLBACK, c_void_p, FINISH],
    ),
    "linker_store": (_OBJECT, [_OBJECT, _OBJECT]),
    "linker_memory": (_OBJECT, [_OBJECT, c_char_p, c_char_p, _OBJECT]),
    "linker_table": (_OBJECT, [_OBJECT, c_char_p, c_char_p, _OBJECT]),
    "linker_global": (_OBJECT, [_OBJECT, c_char_p, c_char_p, _OBJECT]),
    "linker_tag": (_OBJECT, [_OBJECT, c_char_p, c_char_p, _OBJECT]),
    "linker_ref": (_OBJECT, [_OBJECT, c_char_p, c_char_p, _OBJECT]),
    "linker_instance": (_OBJECT, [_OBJECT, c_char_p, _OBJECT]),
    "linker_trap_unknown": (None, [_OBJECT]),
    "linker_shared_memory": (None, [_OBJECT, c_char_p, c_char_p, _OBJECT]),
    "shared_memory_new": (_OBJECT, [c_uint64, c_uint64, _OBJECT, _RESULT]),
    "shared_memory_new_export": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
    "shared_memory_delete": (None, [_OBJECT]),
    "shared_memory_data": (c_void_p, [_OBJECT, POINTER(c_size_t)]),
    "shared_memory_grow": (_OBJECT, [_OBJECT, c_uint64, POINTER(c_uint64)]),
    "shared_memory_wait": (_OBJECT, [_OBJECT, c_uint64, c_uint32, c_int64, POINTER(c_int)]),
    "shared_memory_notify": (_OBJECT, [_OBJECT, c_uint64, c_uint32, POINTER(c_uint32)]),
    "linker_prepare": (_OBJECT, [_OBJECT, _OBJECT, _OBJECT, _OBJECT, _RESULT]),
    "prepared_delete": (None, [_OBJECT]),
    "prepared_instantiate": (_OBJECT, [_OBJECT, _RESULT]),
    "ref_delete": (None, [_OBJECT]),
    "ref_new_copy": (_OBJECT, [_OBJECT]),
    "ref_kind": (c_int, [_OBJECT]),
    "ref_is_same": (c_bool, [_OBJECT, _OBJECT]),
    "ref_new_i31": (_OBJECT, [c_int32]),
    "ref_i31": (c_int32, [_OBJECT]),
    "ref_new_host": (_OBJECT, [_OBJECT, c_void_p, FINISH, _RESULT]),
    "ref_host": (c_void_p, [_OBJECT]),
    "ref_call": (_OBJECT, [_OBJECT, *_CALL]),
    "ref_function_type": (
        _OBJECT,
        [_OBJECT, POINTER(c_int), c_size_t, POINTER(c_size_t), POINTER(c_size_t)],
    ),
    "ref_size": (c_size_t, [_OBJECT]),
    "ref_part": (_OBJECT, [_OBJECT, c_size_t, POINTER(PartType)]),
    "ref_get": (_OBJECT, [_OBJECT, c_size_t, POINTER(Value)]),
    "ref_set": (_OBJECT, [_OBJECT, c_size_t, POINTER(Value)]),
    "ref_new_string": (_OBJECT, [_OBJECT, c_char_p, c_size_t, _RESULT]),
    "ref_string": (c_size_t, [_OBJECT, c_void_p, c_size_t]),
    "ref_tag": (c_char_p, [_OBJECT]),
}


class Library:
    """The functions by their names without the prefix `wasm2obj_`. They release Python's lock."""

    def __init__(self) -> None:
        library = _load()
        for name, (result, parameters) in _FUNCTIONS.items():
            function = getattr(library, f"wasm2obj_{name}")
            function.restype = result
            function.argtypes = parameters
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


lib = Library()
