// Runs of numbers that are handed out, come back, and are handed out again. Neighbours that are
// free become one run, and the smallest that suffices is taken, so that the numbers stay few.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace runtime {

class IdRanges {
 public:
  // The first of `count` numbers, not 0.
  uint32_t take(uint32_t count);
  // What was taken.
  void giveBack(uint32_t first, uint32_t count);
  // Numbers from here on were never handed out, or have all come back.
  uint32_t end() const { return end_; }

 private:
  void add(uint32_t first, uint32_t count);
  void remove(uint32_t first, uint32_t count);

  uint32_t end_ = 0;
  std::map<uint32_t, uint32_t> byFirst_;              // free runs below the end: first, count
  std::set<std::pair<uint32_t, uint32_t>> byLength_;  // count, first
};

}  // namespace runtime
