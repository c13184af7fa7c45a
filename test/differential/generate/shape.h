// The properties of a random module that all its functions depend on: memories, and the sizes of
// what the functions share.
#pragma once

#include <optional>
#include <vector>

#include "test/differential/generate/objects/object_types.h"
#include "test/differential/generate/random.h"

namespace differential {

// A memory. Sizes are in pages of 64 KiB; all memories have a maximum.
struct MemoryShape {
  bool is64 = false;
  bool isShared = false;
  unsigned minPages = 1;
  unsigned maxPages = 1;
};

// The memories of a module, which are named "$m0", "$m1" ... and exported as "memory", "memory1"
// ..., and the types of its objects, if it has any.
struct Shape {
  std::vector<MemoryShape> memories;
  std::optional<ObjectTypes> objects;
  bool hasLegacyExceptions = false;  // the form of exception handling, if it has objects

  // Returns whether a memory has 64-bit addresses.
  bool has64() const {
    for (const MemoryShape& memory : memories) {
      if (memory.is64) return true;
    }
    return false;
  }
};

// The number of functions "$callee0", "$callee1" ... of type [i32 i64] -> [i32], which others call.
inline constexpr unsigned kCallees = 8;
// The initial and the maximal size of the table "$table". Its elements are callees, nulls and a
// function of another type.
inline constexpr unsigned kTableElements = 12;
inline constexpr unsigned kTableMost = 20;
// The addresses that only functions of the kind "ledger" store to (see random_ledger.cpp).
inline constexpr int64_t kLedgerBegin = 0xf000;
inline constexpr int64_t kLedgerEnd = 0xf100;
// The size of the passive data segment "$bytes". There is also a passive element segment
// "$callees".
inline constexpr unsigned kSegmentBytes = 256;

// Returns a random shape.
Shape randomShape(Random& random);

}  // namespace differential
