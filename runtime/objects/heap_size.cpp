#include "runtime/objects/heap_size.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "runtime/base/file_content.h"
#include "runtime/base/numbers.h"

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

// The file contains a number and a line feed, or "max", which is no number.
uint64_t controlGroupLimit() {
  auto file = base::FileContent::read("/sys/fs/cgroup/memory.max");
  if (!file) return UINT64_MAX;
  auto* text = reinterpret_cast<const char*>(file->bytes().data());
  std::string_view line(text, file->bytes().size());
  return base::parseNatural(line.substr(0, line.find('\n')), UINT64_MAX).value_or(UINT64_MAX);
}

}  // namespace

uint64_t defaultHeapBytes() {
  return std::max(std::min(machineMemory(), controlGroupLimit()) / 2, kLeast);
}

}  // namespace runtime
