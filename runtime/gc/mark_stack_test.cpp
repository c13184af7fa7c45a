#include "runtime/gc/mark_stack.h"

#include <gtest/gtest.h>

namespace runtime::gc {
namespace {

TEST(MarkStack, GrowsAndShrinks) {
  MarkStack stack;
  for (int round = 0; round < 2; ++round) {
    for (uint64_t i = 0; i < 1000000; ++i) ASSERT_TRUE(stack.push(i));
    for (uint64_t i = 1000000; i-- > 0;) ASSERT_EQ(stack.pop(), i);
    EXPECT_TRUE(stack.isEmpty());
    stack.shrink();
  }
}

TEST(MarkStack, RefusesWordsBeyondTheLimit) {
  MarkStack stack(5);
  for (uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(stack.push(i));
  EXPECT_FALSE(stack.push(4, 5));
  EXPECT_TRUE(stack.push(4));
  EXPECT_FALSE(stack.push(5));
  EXPECT_FALSE(stack.push(5, 6));
  for (uint64_t i = 5; i-- > 0;) EXPECT_EQ(stack.pop(), i);
  EXPECT_TRUE(stack.push(7, 8));
  EXPECT_EQ(stack.pop(), 8u);
  EXPECT_EQ(stack.pop(), 7u);
  EXPECT_TRUE(stack.isEmpty());
}

}  // namespace
}  // namespace runtime::gc
