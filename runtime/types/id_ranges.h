// An allocator of ranges of consecutive numbers: best fit, with coalescing of adjacent free ranges,
// so that the numbers stay small.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace runtime {

// Allocates numbers from 0 on. The time per operation is logarithmic in the number of free ranges.
// Not thread-safe.
class IdRanges {
 public:
  // Allocates `count` consecutive numbers and returns the first. `count` must not be 0. CHECKs that
  // fewer than 2^32 numbers are needed.
  uint32_t take(uint32_t count);
  // Frees the range that a call of take(count) has returned.
  void giveBack(uint32_t first, uint32_t count);
  // Returns the largest allocated number plus 1, or 0 if none is allocated.
  uint32_t end() const { return end_; }

 private:
  // Add and remove a free range in both indices.
  void add(uint32_t first, uint32_t count);
  void remove(uint32_t first, uint32_t count);

  uint32_t end_ = 0;
  // The free ranges below the end, none of which are adjacent.
  std::map<uint32_t, uint32_t> byFirst_;              // first, count
  std::set<std::pair<uint32_t, uint32_t>> byLength_;  // count, first
};

}  // namespace runtime
