#include <time.h>

#include <algorithm>

#include "wasi/calls/calls_testing.h"
#include "wasi/clock.h"

namespace wasi {
namespace {

class ClockRandomTest : public CallTest {};

TEST_F(ClockRandomTest, EveryClockRunsForward) {
  Address out = memory.reserve(8);
  for (uint32_t id = 0; id < 4; ++id) {
    ASSERT_EQ(clockTimeGet(caller(), id, 0, out), Errno::Success);
    uint64_t first = memory.get<uint64_t>(out);
    ASSERT_EQ(clockTimeGet(caller(), id, 0, out), Errno::Success);
    EXPECT_GE(memory.get<uint64_t>(out), first);
    ASSERT_EQ(clockResGet(caller(), id, out), Errno::Success);
    EXPECT_GT(memory.get<uint64_t>(out), 0u);
  }
  EXPECT_EQ(clockTimeGet(caller(), 4, 0, out), Errno::Inval);
  EXPECT_EQ(clockResGet(caller(), 0xffffffff, out), Errno::Inval);
  EXPECT_EQ(clockTimeGet(caller(), 0, 0, TestMemory::kSize - 7), Errno::Fault);
}

TEST_F(ClockRandomTest, RealtimeCountsFrom1970) {
  Address out = memory.reserve(8);
  ASSERT_EQ(clockTimeGet(caller(), 0, 0, out), Errno::Success);
  uint64_t seconds = memory.get<uint64_t>(out) / kNanosecondsPerSecond;
  EXPECT_LE(seconds, static_cast<uint64_t>(::time(nullptr)) + 1);
  EXPECT_GT(seconds, 1'600'000'000u);
}

TEST_F(ClockRandomTest, TimesOutsideTheRangeAreHeldInIt) {
  EXPECT_EQ(toNanoseconds({-1, 5}), 0u);
  EXPECT_EQ(toNanoseconds({INT64_MAX, 0}), UINT64_MAX);
  EXPECT_EQ(toNanoseconds({2, 3}), 2'000'000'003u);
  timespec back = toTimespec(2'000'000'003);
  EXPECT_EQ(back.tv_sec, 2);
  EXPECT_EQ(back.tv_nsec, 3);
}

TEST_F(ClockRandomTest, RandomFillsExactlyTheBuffer) {
  EXPECT_EQ(randomGet(caller(), 0, 0), Errno::Success);
  EXPECT_EQ(randomGet(caller(), TestMemory::kSize, 0), Errno::Success);
  EXPECT_EQ(randomGet(caller(), TestMemory::kSize - 1, 2), Errno::Fault);
  EXPECT_EQ(randomGet(caller(), 1, 0xffffffff), Errno::Fault);
  ASSERT_EQ(randomGet(caller(), 64, 1000), Errno::Success);
  std::string random = memory.text(64, 1000);
  EXPECT_GT(std::count_if(random.begin(), random.end(), [](char c) { return c != 0; }), 900);
  EXPECT_EQ(memory.get<uint64_t>(56), 0u);
  EXPECT_EQ(memory.get<uint64_t>(1064), 0u);
}

TEST_F(ClockRandomTest, YieldReturns) { EXPECT_EQ(schedYield(caller()), Errno::Success); }

}  // namespace
}  // namespace wasi
