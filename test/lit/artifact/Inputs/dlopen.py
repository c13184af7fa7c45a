"""dlopen.py ARTIFACT: checks that the artifact loads with dlopen and exports its descriptor."""

import ctypes
import sys

library = ctypes.CDLL(sys.argv[1])
magic = ctypes.string_at(ctypes.addressof(ctypes.c_char.in_dll(library, "wasm2obj_module")), 8)
if magic != b"wasm2obj":
    sys.exit(f"descriptor begins with {magic}")
