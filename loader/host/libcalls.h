// The C library functions that compiled code may call, as runtime/abi/libcalls.def lists them.
#pragma once

#include <cstddef>

namespace loader {

inline constexpr size_t kLibcallCount = 0
#define LIBCALL(name) +1
#include "runtime/abi/libcalls.def"
#undef LIBCALL
    ;

// This process's functions, in the order of the list.
extern void* const kLibcalls[kLibcallCount];

}  // namespace loader
