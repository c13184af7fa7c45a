// What the functions of a random module have in common.
#pragma once

#include <vector>

#include "test/differential/generate/random.h"

namespace differential {

struct MemoryShape {
  bool is64 = false;
  unsigned minPages = 1;
  unsigned maxPages = 1;
};

struct Shape {
  std::vector<MemoryShape> memories;  // "$m0", "$m1" ...; exported as "memory", "memory1" ...

  bool has64() const {
    for (const MemoryShape& memory : memories) {
      if (memory.is64) return true;
    }
    return false;
  }
};

// Functions of the type [i32 i64] -> [i32], "$callee0", "$callee1" ..., which others call.
inline constexpr unsigned kCallees = 8;
// The table "$table" begins with this many elements: the callees, nulls, and one of another type.
inline constexpr unsigned kTableElements = 12;
inline constexpr unsigned kTableMost = 20;
// Only the kind "ledger" writes there, as its comment says.
inline constexpr int64_t kLedgerBegin = 0xf000;
inline constexpr int64_t kLedgerEnd = 0xf100;
// What the passive data segment "$bytes" and the passive element segment "$callees" hold.
inline constexpr unsigned kSegmentBytes = 256;

Shape randomShape(Random& random);

}  // namespace differential
