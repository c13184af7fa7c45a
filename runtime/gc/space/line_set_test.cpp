#include "runtime/gc/space/line_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace runtime::gc {
namespace {

// Returns runs of random lengths up to `longest`.
LineSet randomSet(std::mt19937_64& random, uint32_t longest) {
  LineSet set;
  for (uint32_t line = 0; line < kLinesPerBlock;) {
    auto length = static_cast<uint32_t>(random() % longest + 1);
    uint32_t end = std::min(line + length, kLinesPerBlock);
    if (random() % 2 == 0) set.add({line, end});
    line = end;
  }
  return set;
}

// Returns the end of the run that starts at the line.
uint32_t endOf(const LineSet& set, uint32_t line) {
  while (line < kLinesPerBlock && set.contains(line)) ++line;
  return line;
}

LineRun expectedRun(const LineSet& set, uint32_t length) {
  for (uint32_t line = 0; line < kLinesPerBlock; ++line) {
    if (endOf(set, line) >= line + length) return {line, endOf(set, line)};
  }
  return {};
}

TEST(LineSet, FindsTheFirstRun) {
  std::mt19937_64 random(1);
  for (uint32_t longest : {1, 2, 5, 20, 70, 300}) {
    for (int i = 0; i < 50; ++i) {
      LineSet set = randomSet(random, longest);
      for (uint32_t length = 1; length <= LineSet::kMaxRun; ++length) {
        LineRun run = set.firstRun(length);
        LineRun expected = expectedRun(set, length);
        ASSERT_EQ(run.begin, expected.begin);
        ASSERT_EQ(run.end, expected.end);
      }
    }
  }
}

TEST(LineSet, KnowsTheLongestRun) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 500; ++i) {
    LineSet set = randomSet(random, static_cast<uint32_t>(random() % 100 + 1));
    set.add({7, 8});
    uint32_t longest = 0;
    for (uint32_t line = 0; line < kLinesPerBlock; ++line) {
      longest = std::max(longest, endOf(set, line) - line);
    }
    longest = std::min(longest, LineSet::kMaxRun);
    ASSERT_EQ(set.longestRunLog2(), std::bit_width(longest) - 1);
  }
}

TEST(LineSet, AddsAndRemovesRuns) {
  std::mt19937_64 random(3);
  LineSet set;
  std::set<uint32_t> model;
  for (int i = 0; i < 2000; ++i) {
    auto begin = static_cast<uint32_t>(random() % kLinesPerBlock);
    auto end = static_cast<uint32_t>(begin + random() % (kLinesPerBlock + 1 - begin));
    bool adds = random() % 2 == 0;
    adds ? set.add({begin, end}) : set.remove({begin, end});
    for (uint32_t line = begin; line < end; ++line)
      adds ? (void)model.insert(line) : (void)model.erase(line);
    ASSERT_EQ(set.size(), model.size());
    ASSERT_EQ(set.isEmpty(), model.empty());
    for (uint32_t line = 0; line < kLinesPerBlock; ++line) {
      ASSERT_EQ(set.contains(line), model.count(line) != 0);
    }
  }
}

TEST(LineSet, HasAllLines) {
  EXPECT_EQ(LineSet::all().size(), kLinesPerBlock);
  EXPECT_EQ(LineSet::all().firstRun(64).end, kLinesPerBlock);
  EXPECT_TRUE(LineSet::all().without(LineSet::all()).isEmpty());
  EXPECT_TRUE(LineSet().firstRun(1).isEmpty());
}

}  // namespace
}  // namespace runtime::gc
