#include "wasi/clock.h"

#include <chrono>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

TEST(ClocksTest, TheHostsClocksAreTheDefault) {
  Clocks clocks;
  EXPECT_FALSE(clocks.isPinned());
  EXPECT_GT(clocks.now(ClockId::Realtime).value(), 1'600'000'000 * kNanosecondsPerSecond);
  EXPECT_EQ(clocks.now(4).error(), Errno::Inval);
  EXPECT_EQ(clocks.resolution(4).error(), Errno::Inval);
}

TEST(ClocksTest, PinnedClocksMoveByTheirStepOnly) {
  Clocks clocks(PinnedClocks{.start = 1000, .step = 5});
  EXPECT_EQ(clocks.now(ClockId::Realtime).value(), 1000u);
  EXPECT_EQ(clocks.now(ClockId::Monotonic).value(), 5u);
  EXPECT_EQ(clocks.now(ClockId::ProcessCpu).value(), 10u);
  clocks.advance(100);
  EXPECT_EQ(clocks.now(ClockId::Realtime).value(), 1115u);
  clocks.advance(UINT64_MAX);
  EXPECT_EQ(clocks.now(ClockId::Realtime).value(), UINT64_MAX);
  EXPECT_EQ(clocks.now(9).error(), Errno::Inval);
}

class PinnedTest : public CallTest {
 protected:
  PinnedTest() {
    auto built = ContextBuilder().pinClocks({.start = 500, .step = 0}).pinRandom(42).build();
    CHECK(built.ok());
    context = std::move(built).value();
  }
  uint64_t time(uint32_t id) {
    Address out = memory.reserve(8);
    EXPECT_EQ(clockTimeGet(caller(), id, 0, out), Errno::Success);
    return memory.get<uint64_t>(out);
  }
  std::string random(uint32_t size) {
    Address to = memory.reserve(size);
    EXPECT_EQ(randomGet(caller(), to, size), Errno::Success);
    return memory.text(to, size);
  }
};

TEST_F(PinnedTest, AWaitTakesNoTimeAndMovesTheClocks) {
  auto before = std::chrono::steady_clock::now();
  for (uint16_t flags : {uint16_t{0}, subclockflag::Abstime}) {
    Subscription wait{};
    wait.clock.id = static_cast<uint32_t>(ClockId::Monotonic);
    wait.clock.timeout = (flags == 0 ? 3600 : 7200) * kNanosecondsPerSecond;
    wait.clock.flags = flags;
    Address events = memory.reserve(sizeof(Event));
    Address count = memory.reserve(4);
    EXPECT_EQ(pollOneoff(caller(), memory.putValue(wait), events, 1, count), Errno::Success);
    EXPECT_EQ(memory.get<uint32_t>(count), 1u);
  }
  EXPECT_EQ(time(1), 7200 * kNanosecondsPerSecond);
  EXPECT_EQ(time(0), 7200 * kNanosecondsPerSecond + 500);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::minutes(10));
}

TEST_F(PinnedTest, TheSameSeedGivesTheSameBytes) {
  std::string first = random(32);
  std::string second = random(32);
  EXPECT_NE(first, second);
  RandomSource same(42);
  std::string expected(64, '\0');
  ASSERT_EQ(same.fill({reinterpret_cast<uint8_t*>(expected.data()), 64}), Errno::Success);
  EXPECT_EQ(first + second, expected);
  // The C++ standard defines the numbers of this generator. This is the first one for seed 42.
  EXPECT_EQ(base::loadUnaligned<uint64_t>(reinterpret_cast<const uint8_t*>(first.data())),
            13930160852258120406u);
  RandomSource other(43);
  ASSERT_EQ(other.fill({reinterpret_cast<uint8_t*>(expected.data()), 64}), Errno::Success);
  EXPECT_NE(first + second, expected);
}

}  // namespace
}  // namespace wasi
