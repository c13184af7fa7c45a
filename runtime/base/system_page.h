// Pages of the memory of this machine.
#pragma once

#include <unistd.h>

#include <cstdint>

namespace base {

// In bytes.
inline uint64_t systemPageSize() {
  static const auto size = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

// Returns `bytes`, rounded up to whole pages.
inline uint64_t roundToSystemPage(uint64_t bytes) {
  return (bytes + systemPageSize() - 1) / systemPageSize() * systemPageSize();
}

}  // namespace base
