#include "runtime/objects/heap_size.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace runtime {
namespace {

constexpr uint64_t kLeast = uint64_t{64} << 20;

uint64_t machineMemory() {
  long pages = ::sysconf(_SC_PHYS_PAGES);
  long pageSize = ::sysconf(_SC_PAGESIZE);
  return pages <= 0 || pageSize <= 0
             ? 0
             : static_cast<uint64_t>(pages) * static_cast<uint64_t>(pageSize);
}

// The file contains a number, or "max", which is no number.
uint64_t controlGroupLimit() {
  std::ifstream file("/sys/fs/cgroup/memory.max");
  uint64_t bytes = 0;
  return file >> bytes ? bytes : UINT64_MAX;
}

}  // namespace

uint64_t defaultHeapBytes() {
  return std::max(std::min(machineMemory(), controlGroupLimit()) / 2, kLeast);
}

}  // namespace runtime
