#include "runtime/types/id_ranges.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace runtime {
namespace {

TEST(IdRanges, TakesTheSmallestRunThatSuffices) {
  IdRanges ranges;
  EXPECT_EQ(ranges.take(5), 0u);
  EXPECT_EQ(ranges.take(1), 5u);
  EXPECT_EQ(ranges.take(2), 6u);
  EXPECT_EQ(ranges.take(1), 8u);
  ranges.giveBack(0, 5);
  ranges.giveBack(6, 2);
  EXPECT_EQ(ranges.take(2), 6u);
  EXPECT_EQ(ranges.take(3), 0u);
  EXPECT_EQ(ranges.take(3), 9u);
  EXPECT_EQ(ranges.take(2), 3u);
  EXPECT_EQ(ranges.end(), 12u);
}

TEST(IdRanges, NeighborsBecomeOne) {
  IdRanges ranges;
  for (uint32_t i = 0; i < 6; ++i) EXPECT_EQ(ranges.take(1), i);
  ranges.giveBack(1, 1);
  ranges.giveBack(3, 1);
  ranges.giveBack(2, 1);
  EXPECT_EQ(ranges.take(3), 1u);
  for (uint32_t i = 0; i < 6; ++i) ranges.giveBack(i, 1);
  EXPECT_EQ(ranges.end(), 0u);
}

// Random allocation, compared with a set of the numbers that are allocated.
TEST(IdRanges, NoNumberIsHandedOutTwice) {
  std::mt19937 random(1);
  IdRanges ranges;
  std::vector<std::pair<uint32_t, uint32_t>> taken;
  std::vector<bool> isTaken(100000);
  for (int i = 0; i < 20000; ++i) {
    if (taken.size() > 100 || (random() % 3 == 0 && !taken.empty())) {
      std::swap(taken[random() % taken.size()], taken.back());
      auto [first, count] = taken.back();
      taken.pop_back();
      for (uint32_t n = first; n < first + count; ++n) isTaken[n] = false;
      ranges.giveBack(first, count);
    } else {
      uint32_t count = 1 + random() % 9;
      uint32_t first = ranges.take(count);
      taken.emplace_back(first, count);
      for (uint32_t n = first; n < first + count; ++n) {
        ASSERT_FALSE(isTaken.at(n));
        isTaken[n] = true;
      }
    }
    ASSERT_LT(ranges.end(), 5000u);
  }
}

}  // namespace
}  // namespace runtime
