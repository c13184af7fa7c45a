// Which pages of a private mapping have been written.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace runtime {

// A range of addresses of whole pages.
struct PageRange {
  uint8_t* begin;
  uint8_t* end;
};

// Finds the pages in [begin, end) whose contents may differ from what was mapped: zeros or a file.
// Returns nothing if they are scattered or have more than `mostBytes` in all, or if the kernel
// cannot tell (before Linux 6.7, or without /proc). Thread-safe.
std::optional<std::vector<PageRange>> dirtyPages(uint8_t* begin, uint8_t* end, uint64_t mostBytes);

}  // namespace runtime
