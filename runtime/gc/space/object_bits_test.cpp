#include "runtime/gc/space/object_bits.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc {
namespace {

class ObjectBitsTest : public ::testing::Test {
 protected:
  // Sets random bits of block 3.
  void fill(int count) {
    for (int i = 0; i < count; ++i) {
      uintptr_t address = begin_ + random_() % (kBlock / kGranule) * kGranule;
      ASSERT_EQ(space_->marks.testAndSet(address), !model_.insert(address).second);
    }
  }

  testing::TestSpace space_;
  std::mt19937_64 random_{1};
  uintptr_t begin_ = space_->region.addressOfBlock(3);
  std::set<uintptr_t> model_;
};

TEST_F(ObjectBitsTest, FindsTheLastBit) {
  fill(40);
  for (int i = 0; i < 5000; ++i) {
    uintptr_t lowest = begin_ + random_() % kBlock / kGranule * kGranule;
    uintptr_t address = lowest + random_() % (begin_ + kBlock - lowest);
    auto above = model_.upper_bound(address);
    uintptr_t expected = above == model_.begin() ? 0 : *std::prev(above);
    if (expected < lowest) expected = 0;
    ASSERT_EQ(space_->marks.lastUpTo(address, lowest), expected);
  }
}

TEST_F(ObjectBitsTest, VisitsRanges) {
  fill(500);
  for (uint32_t line = 0; line < kLinesPerBlock; ++line) {
    for (uint32_t end : {line, line + 1, line + 3, line + 9, kLinesPerBlock}) {
      if (end > kLinesPerBlock) continue;
      std::vector<uintptr_t> found;
      space_->marks.forEach(begin_ + line * kLine, begin_ + end * kLine,
                            [&](uintptr_t address) { found.push_back(address); });
      std::vector<uintptr_t> expected(model_.lower_bound(begin_ + line * kLine),
                                      model_.lower_bound(begin_ + end * kLine));
      ASSERT_EQ(found, expected);
    }
  }
}

TEST_F(ObjectBitsTest, CopiesAndClearsBlocks) {
  fill(500);
  space_->starts.copyBlock(3, space_->marks);
  for (uintptr_t address : model_) ASSERT_TRUE(space_->starts.test(address));
  space_->marks.clear(*model_.begin());
  EXPECT_FALSE(space_->marks.test(*model_.begin()));
  space_->marks.clearBlock(3);
  EXPECT_EQ(space_->marks.lastUpTo(begin_ + kBlock - 1, begin_), 0u);
  EXPECT_NE(space_->starts.lastUpTo(begin_ + kBlock - 1, begin_), 0u);
}

}  // namespace
}  // namespace runtime::gc
