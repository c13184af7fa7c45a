// What a memory's type says about its size. Pages have 65536 bytes or one.
#pragma once

#include "runtime/abi/module_descriptor.h"

namespace abi {

inline constexpr uint32_t kPageSizeLog2 = 16;
static_assert(kPageSize == uint64_t{1} << kPageSizeLog2);

constexpr bool isPageSizeLog2(uint32_t log2) { return log2 == kPageSizeLog2 || log2 == 0; }

// Whether what lies around a memory can keep accesses inside, by the hardware. It cannot with
// 64-bit addresses, nor where a memory may end within a page of the host: there all code checks.
constexpr bool canBeGuarded(const MemoryType& type) {
  return (type.flags & kIndex64) == 0 && type.pageSizeLog2 == kPageSizeLog2;
}

// Whether it does.
constexpr bool isGuarded(const MemoryType& type) {
  return canBeGuarded(type) && (type.flags & kChecked) == 0;
}

// As many pages as memory.size can tell of, which with pages of one byte are one less than there
// are addresses.
constexpr uint64_t maxPages(const MemoryType& type) {
  bool is64 = (type.flags & kIndex64) != 0;
  if (type.pageSizeLog2 == 0) return is64 ? UINT64_MAX : UINT32_MAX;
  return is64 ? kMaxPages32 << 32 : kMaxPages32;
}

// As many pages as a memory may grow to that was not larger at its start. The last page below 2^32
// that is never there stops an address that is counted upwards before it wraps; compiled code can
// rely on that in modules that do not ask for that page.
inline constexpr uint64_t kMaxPagesWithHeadroom = kMaxPages32 - 1;

// The size at least, or the largest number where it is beyond that.
constexpr uint64_t minBytes(const MemoryType& type) {
  bool isBeyond = type.min > UINT64_MAX >> type.pageSizeLog2;
  return isBeyond ? UINT64_MAX : type.min << type.pageSizeLog2;
}

}  // namespace abi
