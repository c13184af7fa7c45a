#include "wasi/errno.h"

#include <cerrno>
#include <cstddef>
#include <iterator>

namespace wasi {
namespace {

constexpr struct {
  const char* name;
  int host;
} kErrnos[] = {
#define ERRNO(id, number, name, host) {name, host},
#include "wasi/errno.def"
#undef ERRNO
};

}  // namespace

const char* errnoName(Errno error) {
  size_t index = static_cast<size_t>(error);
  return index < std::size(kErrnos) ? kErrnos[index].name : "unknown";
}

Errno fromHostErrno(int hostErrno) {
  if (hostErrno == 0) return Errno::Io;
  for (size_t i = 0; i < std::size(kErrnos); ++i) {
    if (kErrnos[i].host == hostErrno) return static_cast<Errno>(i);
  }
  return Errno::Io;
}

Errno lastError() { return fromHostErrno(errno); }

}  // namespace wasi
