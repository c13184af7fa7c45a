// Limits of memories that follow from their types. Pages have 65536 bytes or one byte.
#pragma once

#include "runtime/abi/module_descriptor.h"

namespace abi {

// Log2 of the default page size.
inline constexpr uint32_t kPageSizeLog2 = 16;
static_assert(kPageSize == uint64_t{1} << kPageSizeLog2);

// Returns whether memories may have this page size (the custom page sizes proposal).
constexpr bool isPageSizeLog2(uint32_t log2) { return log2 == kPageSizeLog2 || log2 == 0; }

// Returns whether guard regions around a memory of this type can catch accesses out of bounds. They
// cannot with 64-bit addresses, or if the memory may end within a page of the host; code for such
// memories checks bounds itself.
constexpr bool canBeGuarded(const MemoryType& type) {
  return (type.flags & kIndex64) == 0 && type.pageSizeLog2 == kPageSizeLog2;
}

// Returns whether the code of the module relies on guard regions around this memory.
constexpr bool isGuarded(const MemoryType& type) {
  return canBeGuarded(type) && (type.flags & kChecked) == 0;
}

// Returns the largest number of pages that memory.size can return. With pages of one byte it is one
// less than the number of addresses.
constexpr uint64_t maxPages(const MemoryType& type) {
  bool is64 = (type.flags & kIndex64) != 0;
  if (type.pageSizeLog2 == 0) return is64 ? UINT64_MAX : UINT32_MAX;
  return is64 ? kMaxPages32 << 32 : kMaxPages32;
}

// The number of pages that a memory may grow to if its initial size is not larger. Since the last
// page below 2^32 is then never accessible, a loop over increasing addresses traps before the
// address wraps around. Compiled code relies on this in modules whose memory may not have that page
// initially.
inline constexpr uint64_t kMaxPagesWithHeadroom = kMaxPages32 - 1;

// Returns the minimal size in bytes, or UINT64_MAX if it is larger than that.
constexpr uint64_t minBytes(const MemoryType& type) {
  bool isBeyond = type.min > UINT64_MAX >> type.pageSizeLog2;
  return isBeyond ? UINT64_MAX : type.min << type.pageSizeLog2;
}

}  // namespace abi
