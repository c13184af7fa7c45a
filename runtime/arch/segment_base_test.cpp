#include "runtime/arch/segment_base.h"

#include <gtest/gtest.h>

#include <thread>

namespace runtime {
namespace {

#if defined(__x86_64__)

uint32_t firstWordOfSegment() {
  uint32_t word;
  asm volatile("movl %%gs:0, %0" : "=r"(word));
  return word;
}

TEST(Segment, SwapsAndKeepsBaseOfNobody) {
  // In a new thread, as a test before may have left a base in this one.
  std::thread([] {
    uint32_t one = 1, two = 2;
    void* before = swapSegment(&one);
    EXPECT_EQ(firstWordOfSegment(), 1u);
    EXPECT_EQ(swapSegment(&two), &one);
    EXPECT_EQ(firstWordOfSegment(), 2u);
    EXPECT_EQ(swapSegment(nullptr), &two);
    EXPECT_EQ(firstWordOfSegment(), 2u);
    EXPECT_EQ(swapSegment(&one), &two);
    EXPECT_EQ(firstWordOfSegment(), 1u);
    swapSegment(before);
  }).join();
}

#else

TEST(Segment, IsNotUsed) { EXPECT_EQ(swapSegment(this), nullptr); }

#endif

}  // namespace
}  // namespace runtime
