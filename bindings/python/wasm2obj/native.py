"""The functions of wasm2obj.h.

The library is the one beside this file, or that of the environment variable WASM2OBJ_LIBRARY, or
else one that is installed.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, c_bool, c_char_p, c_int, c_int32, c_size_t, c_uint32, c_uint64, c_void_p
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
        ("i64", ctypes.c_int64),
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


# Functions that guests or the library call.
READ = ctypes.CFUNCTYPE(ctypes.c_ssize_t, c_void_p, c_void_p, c_size_t)
WRITE = ctypes.CFUNCTYPE(ctypes.c_ssize_t, c_void_p, c_void_p, c_size_t)
FINISH = ctypes.CFUNCTYPE(None, c_void_p)

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
    "instance_new_limited": (_OBJECT, [_OBJECT, _OBJECT, _OBJECT, _RESULT]),
    "instance_delete": (None, [_OBJECT]),
    "instance_run": (_OBJECT, [_OBJECT, POINTER(c_int32)]),
    "instance_interrupt": (None, [_OBJECT]),
    "instance_time_limit": (None, [_OBJECT, c_uint64]),
    "instance_memory": (c_void_p, [_OBJECT, POINTER(c_size_t)]),
    "instance_collect": (_OBJECT, [_OBJECT]),
    "instance_function": (_OBJECT, [_OBJECT, c_char_p, _RESULT]),
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
