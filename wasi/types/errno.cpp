#include "wasi/types/errno.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <iterator>

namespace wasi {
namespace {

// Indexed by Errno.
constexpr const char* kNames[] = {
#define ERRNO(id, number, name, host) name,
#include "wasi/types/errno.def"
#undef ERRNO
};

// Indexed by host errno. 256 is more than the highest errno of Linux (EHWPOISON, 133). The default
// is Io, so that a failed system call never looks like success to the guest. Macros of one value
// (EAGAIN and EWOULDBLOCK, ENOTSUP and EOPNOTSUPP) have one row in the table.
constexpr auto kFromHost = [] {
  std::array<Errno, 256> result;
  result.fill(Errno::Io);
#define ERRNO(id, number, name, host) \
  if (host != 0) result[host] = Errno::id;
#include "wasi/types/errno.def"
#undef ERRNO
  return result;
}();

}  // namespace

const char* errnoName(Errno error) {
  size_t index = static_cast<size_t>(error);
  return index < std::size(kNames) ? kNames[index] : "unknown";
}

Errno fromHostErrno(int hostErrno) {
  // The cast to unsigned makes a negative number too large for the table.
  size_t index = static_cast<unsigned>(hostErrno);
  return index < kFromHost.size() ? kFromHost[index] : Errno::Io;
}

Errno lastError() { return fromHostErrno(errno); }

}  // namespace wasi
