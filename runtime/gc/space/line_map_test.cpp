#include "runtime/gc/space/line_map.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc {
namespace {

TEST(LineMap, MarksTheLinesOfAnObject) {
  testing::TestSpace space;
  std::mt19937_64 random(1);
  uintptr_t base = space->region.addressOfBlock(5);
  for (int i = 0; i < 1000; ++i) {
    uint64_t size = (random() % (random() % 2 == 0 ? 20 : 1024) + 1) * kGranule;
    uintptr_t object = base + random() % ((kBlock - size) / kGranule) * kGranule;
    space->lines.clearMarks(5);
    space->lines.mark(object, size);
    LineSet expected;
    expected.add({space->region.lineOf(object), space->region.lineOf(object + size - 1) + 1});
    LineSet marked = space->lines.marked(5);
    ASSERT_TRUE(marked.without(expected).isEmpty());
    ASSERT_TRUE(expected.without(marked).isEmpty());
    ASSERT_TRUE(space->lines.marked(4).isEmpty());
    ASSERT_TRUE(space->lines.marked(6).isEmpty());
  }
}

TEST(LineMap, YoungLinesAreNeitherFreeNorMarked) {
  testing::TestSpace space;
  space->lines.freeLines(2).add({10, 250});
  space->lines.mark(space->region.addressOfBlock(2), 4 * kLine);
  LineSet young = space->lines.young(2);
  EXPECT_EQ(young.size(), 12u);
  EXPECT_TRUE(young.contains(4) && young.contains(9) && young.contains(250));
}

}  // namespace
}  // namespace runtime::gc
