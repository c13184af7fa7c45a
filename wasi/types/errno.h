// The error codes of WASI preview 1 and their translation from Linux's. A host function returns an
// Errno; a helper that has a result returns an Expected<T, Errno>, whose error is never Success.
// Errno is for errors that are reported to the guest, base::Error for those reported to the host.
#pragma once

#include <cstdint>

#include "runtime/base/expected.h"

namespace wasi {

// The type `errno` of the specification. It has 16 bits in guest memory (Event::error) and 32 as
// the result of a call, because WebAssembly has no narrower type.
enum class Errno : uint32_t {
#define ERRNO(id, number, name, host) id = number,
#include "wasi/types/errno.def"
#undef ERRNO
};

// Returns the name in the specification ("noent"), or "unknown" for a number without one. The
// string is a constant.
const char* errnoName(Errno error);

// Translates a value of the host's `errno`. Returns Io for one that WASI does not have and for 0,
// never Success.
Errno fromHostErrno(int hostErrno);
// Translates the calling thread's `errno`. Call it right after the failed system call, before
// anything that may change `errno`.
Errno lastError();
// Returns Success if the result of a system call is not negative, else lastError().
inline Errno checkSystemCall(long result) { return result < 0 ? lastError() : Errno::Success; }

using base::Expected;

}  // namespace wasi

// Lets TRY return from the enclosing function with any Errno but Success.
template <>
struct base::TryTraits<wasi::Errno> {
  static bool isOk(wasi::Errno error) { return error == wasi::Errno::Success; }
  static wasi::Errno error(wasi::Errno error) { return error; }
};
