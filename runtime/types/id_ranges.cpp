#include "runtime/types/id_ranges.h"

#include "runtime/base/check.h"

namespace runtime {

void IdRanges::add(uint32_t first, uint32_t count) {
  byFirst_[first] = count;
  byLength_.insert({count, first});
}

void IdRanges::remove(uint32_t first, uint32_t count) {
  byFirst_.erase(first);
  byLength_.erase({count, first});
}

uint32_t IdRanges::take(uint32_t count) {
  // The shortest range that is long enough; of several the one with the lowest numbers.
  auto found = byLength_.lower_bound({count, 0});
  if (found == byLength_.end()) {
    uint32_t first = end_;
    CHECK(count <= UINT32_MAX - end_);
    end_ += count;
    return first;
  }
  auto [length, first] = *found;
  remove(first, length);
  if (length != count) add(first + count, length - count);
  return first;
}

void IdRanges::giveBack(uint32_t first, uint32_t count) {
  auto after = byFirst_.lower_bound(first);
  if (after != byFirst_.begin()) {
    auto [previous, length] = *std::prev(after);
    CHECK(previous + length <= first);
    if (previous + length == first) {
      remove(previous, length);
      first = previous;
      count += length;
    }
  }
  after = byFirst_.lower_bound(first);
  if (after != byFirst_.end() && after->first == first + count) {
    auto [next, length] = *after;
    remove(next, length);
    count += length;
  }
  // Free numbers at the end are not kept as a range, so that end() is exact.
  if (first + count == end_) {
    end_ = first;
  } else {
    add(first, count);
  }
}

}  // namespace runtime
