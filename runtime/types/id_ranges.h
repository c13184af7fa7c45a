// An allocator of ranges of numbers: best fit, adjacent free ranges are merged. So the numbers stay
// small.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace runtime {

class IdRanges {
 public:
  // Allocates `count` numbers, which is not 0. Returns the first.
  uint32_t take(uint32_t count);
  // Frees what take() returned.
  void giveBack(uint32_t first, uint32_t count);
  // Returns a number above all that are allocated.
  uint32_t end() const { return end_; }

 private:
  void add(uint32_t first, uint32_t count);
  void remove(uint32_t first, uint32_t count);

  uint32_t end_ = 0;
  std::map<uint32_t, uint32_t> byFirst_;              // free runs below the end: first, count
  std::set<std::pair<uint32_t, uint32_t>> byLength_;  // count, first
};

}  // namespace runtime
