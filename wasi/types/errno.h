// The errors of WASI as values. A handler returns an Errno; a helper with a result returns an
// Expected<T, Errno>, whose error is never Success. These are the guest's business and never mix
// with base::Error.
#pragma once

#include <cstdint>

#include "runtime/base/expected.h"

namespace wasi {

// As wide as a call's result.
enum class Errno : uint32_t {
#define ERRNO(id, number, name, host) id = number,
#include "wasi/types/errno.def"
#undef ERRNO
};

// The specification's name ("noent"), or "unknown".
const char* errnoName(Errno error);

// The guest's view of a host errno. Io for those that have no counterpart.
Errno fromHostErrno(int hostErrno);
// Of the present `errno`; call right after the failed system call.
Errno lastError();
// Success for a result of 0 or more, lastError() for a negative one.
inline Errno checkSystemCall(long result) { return result < 0 ? lastError() : Errno::Success; }

using base::Expected;

}  // namespace wasi

// TRY returns an Errno unless it is Success.
template <>
struct base::TryTraits<wasi::Errno> {
  static bool isOk(wasi::Errno error) { return error == wasi::Errno::Success; }
  static wasi::Errno error(wasi::Errno error) { return error; }
};
