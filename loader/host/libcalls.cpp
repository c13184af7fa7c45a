#include "loader/host/libcalls.h"

#include <cstring>

namespace loader {

void* const kLibcalls[kLibcallCount] = {
#define LIBCALL(name) reinterpret_cast<void*>(&::name),
#include "runtime/abi/libcalls.def"
#undef LIBCALL
};

}  // namespace loader
