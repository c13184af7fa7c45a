#include "wasi/types/errno.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <iterator>

namespace wasi {
namespace {

constexpr const char* kNames[] = {
#define ERRNO(id, number, name, host) name,
#include "wasi/types/errno.def"
#undef ERRNO
};

// By host errno.
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
  size_t index = static_cast<unsigned>(hostErrno);
  return index < kFromHost.size() ? kFromHost[index] : Errno::Io;
}

Errno lastError() { return fromHostErrno(errno); }

}  // namespace wasi
