#include "runtime/gc/space/small_space.h"

#include <gtest/gtest.h>

#include "runtime/gc/heap_testing.h"
#include "runtime/gc/sweep.h"

namespace runtime::gc::testing {
namespace {

// Makes the lines of block 0 free but for those in `used`, as after a collection.
void sweepBlock0(TestSpace& space, std::initializer_list<LineRun> used) {
  space->small.retire();
  space->lines.clearMarks(0);
  for (LineRun run : used) {
    for (uint32_t line = run.begin; line < run.end; ++line) {
      space->lines.mark(space->region.base() + line * kLine, 8);
    }
  }
  Sweep(*space, false).run(true);
  space->small.resetSearch();
}

uint64_t lineOf(TestSpace& space, uint64_t object) {
  return (object - space->region.base()) / kLine;
}

TEST(SmallSpace, FillsABlock) {
  TestSpace space;
  for (uint64_t i = 0; i < kBlock / 8; ++i) {
    ASSERT_EQ(space.allocate(kBox), space->region.base() + i * 8);
  }
  EXPECT_EQ(space.allocate(kBox), space->region.addressOfBlock(1));
}

TEST(SmallSpace, TakesHolesFirst) {
  TestSpace space;
  space.allocate(kBox);
  sweepBlock0(space, {{0, 3}, {4, 100}, {110, 240}});
  EXPECT_EQ(lineOf(space, space.allocate(kLongs, 15)), 3u);
  EXPECT_EQ(lineOf(space, space.allocate(kLongs, 15)), 100u);
  for (int i = 0; i < 9 + 16; ++i) space.allocate(kLongs, 15);
  EXPECT_EQ(lineOf(space, space.allocate(kLongs, 15)), 256u);
}

TEST(SmallSpace, IgnoresBlocksWithFewFreeLines) {
  TestSpace space;
  space.allocate(kBox);
  sweepBlock0(space, {{0, 249}});
  EXPECT_EQ(lineOf(space, space.allocate(kBox)), 256u);
}

TEST(SmallSpace, PutsLargerObjectsInASecondHole) {
  TestSpace space;
  space.allocate(kBox);
  sweepBlock0(space, {{0, 10}, {30, 40}, {60, 230}});
  uint64_t first = space.allocate(kBox);
  EXPECT_EQ(lineOf(space, first), 10u);
  EXPECT_EQ(lineOf(space, space.allocate(kBytes, 23 * kLine)), 230u);
  // The first hole is still in use.
  EXPECT_EQ(space.allocate(kBox), first + 8);
  EXPECT_EQ(lineOf(space, space.allocate(kBytes, 2 * kLine)), 10u);
}

TEST(SmallSpace, FindsHolesOfASize) {
  TestSpace space;
  space.allocate(kBox);
  sweepBlock0(space, {{2, 10}, {15, 40}, {45, 200}, {250, 256}});
  EXPECT_EQ(lineOf(space, space.allocate(kBytes, 5 * kLine - 8)), 10u);
  EXPECT_EQ(lineOf(space, space.allocate(kBytes, 5 * kLine - 8)), 40u);
  EXPECT_EQ(lineOf(space, space.allocate(kBytes, 5 * kLine - 8)), 200u);
  space->small.retire();
  // The rest of the last hole has been freed.
  EXPECT_EQ(lineOf(space, space.allocate(kBytes, 45 * kLine - 8)), 205u);
  EXPECT_EQ(lineOf(space, space.allocate(kBox)), 0u);
}

TEST(SmallSpace, RetireFreesUnusedLines) {
  TestSpace space;
  space.allocate(kBox);
  uint64_t object = space.allocate(kLongs, 20);
  EXPECT_EQ(space->budget.taken, kBlock);
  EXPECT_EQ(space->small.limitOfHole(object + 21 * 8), space->region.addressOfBlock(1));
  space->small.retire();
  EXPECT_EQ(space->budget.taken, 2 * kLine);
  EXPECT_EQ(space->lines.freeLines(0).firstRun(1).begin, 2u);
  EXPECT_EQ(objectAt(object + 21 * 8)->type, 0u);
  EXPECT_EQ(space.allocation().cursor, nullptr);
  EXPECT_EQ(space.allocation().limit, nullptr);
}

TEST(SmallSpace, RefusesIfTheBudgetIsSpent) {
  TestSpace space;
  space->budget.limit = 2 * kBlock;
  for (uint64_t i = 0; i < 2 * kBlock / 8; ++i) ASSERT_NE(space.allocate(kBox), 0u);
  EXPECT_EQ(space.allocate(kBox), 0u);
}

}  // namespace
}  // namespace runtime::gc::testing
