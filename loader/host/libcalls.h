// The functions of the C library that compiled code calls (runtime/abi/libcalls.def), which let the
// host end a guest while they run (runtime/base/long_operation.h).
#pragma once

#include <cstddef>

namespace loader {

// The number of functions.
inline constexpr size_t kLibcallCount = 0
#define LIBCALL(name) +1
#include "runtime/abi/libcalls.def"
#undef LIBCALL
    ;

// The addresses of the functions in this process, in the order of libcalls.def. The loader copies
// them to the table of each module.
extern void* const kLibcalls[kLibcallCount];

}  // namespace loader
