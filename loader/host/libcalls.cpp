#include "loader/host/libcalls.h"

#include "runtime/base/long_operation.h"

namespace loader {
namespace {

// A function for each row of libcalls.def.

void* memcpy(void* to, const void* from, size_t size) { return base::moveBytes(to, from, size); }
void* memmove(void* to, const void* from, size_t size) { return base::moveBytes(to, from, size); }
void* memset(void* to, int value, size_t size) { return base::setBytes(to, value, size); }

}  // namespace

void* const kLibcalls[kLibcallCount] = {
#define LIBCALL(name) reinterpret_cast<void*>(&name),
#include "runtime/abi/libcalls.def"
#undef LIBCALL
};

}  // namespace loader
