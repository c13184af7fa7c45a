#include "loader/libcalls.h"

// Declared by symbol, as the headers of the C library overload some of them.
extern "C" {
#define LIBCALL(name) void libcall_##name() __asm__(#name);
#include "runtime/abi/libcalls.def"
#undef LIBCALL
}

namespace loader {

void* const kLibcalls[kLibcallCount] = {
#define LIBCALL(name) reinterpret_cast<void*>(&libcall_##name),
#include "runtime/abi/libcalls.def"
#undef LIBCALL
};

}  // namespace loader
