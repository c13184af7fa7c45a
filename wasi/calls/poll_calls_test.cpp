#include <sys/socket.h>

#include <thread>

#include "wasi/calls/calls_testing.h"
#include "wasi/clock.h"

namespace wasi {
namespace {

constexpr uint64_t kMillisecond = 1'000'000;

Subscription clockSubscription(uint64_t userdata, ClockId id, uint64_t timeout,
                               uint16_t flags = 0) {
  Subscription result{};
  result.userdata = userdata;
  result.tag = static_cast<uint8_t>(EventType::Clock);
  result.clock.id = static_cast<uint32_t>(id);
  result.clock.timeout = timeout;
  result.clock.flags = flags;
  return result;
}

Subscription fdSubscription(uint64_t userdata, EventType type, uint32_t fd) {
  Subscription result{};
  result.userdata = userdata;
  result.tag = static_cast<uint8_t>(type);
  result.fd = fd;
  return result;
}

uint64_t now(ClockId id) { return Clocks().now(id).value(); }

class PollTest : public CallTest {
 protected:
  Errno poll(const std::vector<Subscription>& subscriptions, std::vector<Event>& events) {
    Address in = memory.reserve(0);
    for (const Subscription& each : subscriptions) memory.putValue(each);
    uint32_t count = static_cast<uint32_t>(subscriptions.size());
    Address out = memory.reserve(count * static_cast<uint32_t>(sizeof(Event)));
    Address happened = memory.reserve(4);
    Errno error = pollOneoff(caller(), in, out, count, happened);
    events.clear();
    if (error != Errno::Success) return error;
    for (uint32_t i = 0; i < memory.get<uint32_t>(happened); ++i) {
      events.push_back(memory.get<Event>(out + i * static_cast<uint32_t>(sizeof(Event))));
    }
    return error;
  }
  std::vector<Event> mustPoll(const std::vector<Subscription>& subscriptions) {
    std::vector<Event> events;
    EXPECT_EQ(poll(subscriptions, events), Errno::Success);
    return events;
  }
  Errno errorOf(const std::vector<Event>& events) {
    EXPECT_EQ(events.size(), 1u);
    return events.empty() ? Errno::Success : static_cast<Errno>(events[0].error);
  }
  void useStreams(int in, int out) {
    auto built = ContextBuilder().standardStreams(in, out, out).build();
    CHECK(built.ok());
    context = std::move(built).value();
  }
};

TEST_F(PollTest, NothingToWaitForIsInvalid) {
  std::vector<Event> events;
  EXPECT_EQ(poll({}, events), Errno::Inval);
  Subscription unknown{};
  unknown.tag = 9;
  EXPECT_EQ(poll({unknown}, events), Errno::Inval);
}

TEST_F(PollTest, ArraysAreChecked) {
  Address out = memory.reserve(4);
  EXPECT_EQ(pollOneoff(caller(), 0, 0, 0xffffffff, out), Errno::Fault);
  EXPECT_EQ(pollOneoff(caller(), TestMemory::kSize - 47, 0, 1, out), Errno::Fault);
  EXPECT_EQ(pollOneoff(caller(), 0, TestMemory::kSize - 31, 1, out), Errno::Fault);
  EXPECT_EQ(pollOneoff(caller(), 0, 0, 1, TestMemory::kSize - 3), Errno::Fault);
}

TEST_F(PollTest, RelativeTimeoutsLastAtLeastAsLong) {
  for (ClockId id : {ClockId::Realtime, ClockId::Monotonic}) {
    uint64_t start = now(ClockId::Monotonic);
    auto events = mustPoll({clockSubscription(7, id, 5 * kMillisecond)});
    EXPECT_GE(now(ClockId::Monotonic) - start, 5 * kMillisecond);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].userdata, 7u);
    EXPECT_EQ(events[0].error, 0);
    EXPECT_EQ(events[0].type, static_cast<uint8_t>(EventType::Clock));
  }
}

TEST_F(PollTest, AbsoluteTimeoutsEndAtTheirTime) {
  for (ClockId id : {ClockId::Realtime, ClockId::Monotonic}) {
    uint64_t due = now(id) + 5 * kMillisecond;
    EXPECT_EQ(errorOf(mustPoll({clockSubscription(0, id, due, subclockflag::Abstime)})),
              Errno::Success);
    EXPECT_GE(now(id), due);
    // A time in the past expires at once.
    mustPoll({clockSubscription(0, id, 1, subclockflag::Abstime)});
  }
}

TEST_F(PollTest, TheEarliestOfSeveralClocksEndsTheWait) {
  auto events = mustPoll({clockSubscription(1, ClockId::Monotonic, UINT64_MAX),
                          clockSubscription(2, ClockId::Monotonic, kMillisecond),
                          clockSubscription(3, ClockId::Realtime, 3600'000 * kMillisecond),
                          clockSubscription(4, ClockId::Monotonic, kMillisecond)});
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].userdata, 2u);
  EXPECT_EQ(events[1].userdata, 4u);
}

TEST_F(PollTest, BadClocksAreErrorsOfTheirEvents) {
  EXPECT_EQ(errorOf(mustPoll({clockSubscription(0, ClockId::ProcessCpu, 1)})), Errno::NotSup);
  EXPECT_EQ(errorOf(mustPoll({clockSubscription(0, static_cast<ClockId>(9), 1)})), Errno::Inval);
  EXPECT_EQ(errorOf(mustPoll({clockSubscription(0, ClockId::Monotonic, 1, 2)})), Errno::Inval);
}

TEST_F(PollTest, BadDescriptorsAreErrorsOfTheirEvents) {
  files.write("file", "text");
  uint32_t mute = mustOpen("file", {.rights = right::FdRead});
  EXPECT_EQ(errorOf(mustPoll({fdSubscription(0, EventType::FdRead, 99)})), Errno::Badf);
  EXPECT_EQ(errorOf(mustPoll({fdSubscription(0, EventType::FdRead, mute)})), Errno::NotCapable);
  // Their events end the wait for the other subscriptions.
  auto events = mustPoll({clockSubscription(1, ClockId::Monotonic, UINT64_MAX),
                          fdSubscription(2, EventType::FdWrite, 99)});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].userdata, 2u);
}

TEST_F(PollTest, FilesAreAlwaysReady) {
  files.write("file", "0123456789");
  uint32_t fd = mustOpen("file", {.rights = kReadWrite});
  EXPECT_EQ(read(fd, 4), "0123");
  auto events =
      mustPoll({fdSubscription(1, EventType::FdRead, fd), fdSubscription(2, EventType::FdWrite, fd),
                clockSubscription(3, ClockId::Monotonic, UINT64_MAX)});
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].bytes, 6u);
  EXPECT_EQ(events[0].type, static_cast<uint8_t>(EventType::FdRead));
  EXPECT_EQ(events[1].type, static_cast<uint8_t>(EventType::FdWrite));
}

TEST_F(PollTest, PipesWakeTheirReader) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  HostFd reader(ends[0]);
  HostFd writer(ends[1]);
  useStreams(reader.get(), writer.get());
  std::vector<Subscription> both = {fdSubscription(1, EventType::FdRead, 0),
                                    clockSubscription(2, ClockId::Monotonic, kMillisecond)};
  auto events = mustPoll(both);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].userdata, 2u);

  std::thread other([&] { EXPECT_EQ(::write(writer.get(), "abc", 3), 3); });
  events = mustPoll({fdSubscription(1, EventType::FdRead, 0)});
  other.join();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].bytes, 3u);
  EXPECT_EQ(events[0].flags, 0);
  // A descriptor may occur in several subscriptions.
  events =
      mustPoll({fdSubscription(1, EventType::FdRead, 0), fdSubscription(2, EventType::FdRead, 0),
                fdSubscription(3, EventType::FdWrite, 1)});
  EXPECT_EQ(events.size(), 3u);
}

TEST_F(PollTest, HangupsAreTold) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  HostFd reader(ends[0]);
  HostFd writer(ends[1]);
  int more[2];
  ASSERT_EQ(::pipe2(more, O_CLOEXEC), 0);
  HostFd orphan(more[1]);
  ::close(more[0]);
  useStreams(reader.get(), orphan.get());
  writer = HostFd();
  auto events = mustPoll({fdSubscription(1, EventType::FdRead, 0)});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].flags, eventflag::Hangup);
  EXPECT_EQ(events[0].bytes, 0u);
  EXPECT_EQ(errorOf(mustPoll({fdSubscription(1, EventType::FdWrite, 1)})), Errno::Pipe);
}

TEST_F(PollTest, ManySubscriptionsNeedLittleMemory) {
  files.write("file", "text");
  uint32_t fd = mustOpen("file", {.rights = kReadWrite});
  std::vector<Subscription> many(800, fdSubscription(5, EventType::FdRead, fd));
  EXPECT_EQ(mustPoll(many).size(), many.size());
}

TEST_F(PollTest, EventsMayOverwriteSubscriptions) {
  std::vector<Subscription> list(4, clockSubscription(9, ClockId::Monotonic, 0));
  Address in = memory.reserve(0);
  for (const Subscription& each : list) memory.putValue(each);
  Address happened = memory.reserve(4);
  EXPECT_EQ(pollOneoff(caller(), in, in, 4, happened), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(happened), 4u);
  EXPECT_EQ(memory.get<Event>(in + 3 * sizeof(Event)).userdata, 9u);
}

TEST_F(PollTest, UnstableSubscriptionsAreLonger) {
  files.write("file", "text");
  uint32_t fd = mustOpen("file");
  unstable::Subscription clock{};
  clock.userdata = 1;
  clock.clock.identifier = 0x1234;
  clock.clock.clock.id = static_cast<uint32_t>(ClockId::Monotonic);
  clock.clock.clock.timeout = UINT64_MAX;
  unstable::Subscription file{};
  file.userdata = 2;
  file.tag = static_cast<uint8_t>(EventType::FdRead);
  file.fd = fd;
  Address in = memory.putValue(clock);
  memory.putValue(file);
  Address out = memory.reserve(2 * sizeof(Event));
  Address happened = memory.reserve(4);
  EXPECT_EQ(unstable::pollOneoff(caller(), in, out, 2, happened), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(happened), 1u);
  EXPECT_EQ(memory.get<Event>(out).userdata, 2u);
}

}  // namespace
}  // namespace wasi
