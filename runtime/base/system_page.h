// The page size of the operating system.
#pragma once

#include <unistd.h>

#include <cstdint>

namespace base {

// Returns the page size in bytes, a power of two. It is the same for the whole process.
inline uint64_t systemPageSize() {
  static const auto size = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

// Returns `bytes` rounded up to whole pages. Requires that the result does not overflow.
inline uint64_t roundToSystemPage(uint64_t bytes) {
  return (bytes + systemPageSize() - 1) / systemPageSize() * systemPageSize();
}

}  // namespace base
