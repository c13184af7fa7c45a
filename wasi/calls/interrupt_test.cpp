// Defines its own runtime::requestExit and requestTrap, in place of those of the runtime, to record
// the calls.
#include <sys/socket.h>

#include <functional>
#include <optional>
#include <thread>

#include "wasi/calls/calls_testing.h"

namespace {

std::optional<std::string> requestedTrap;

}  // namespace

void runtime::requestExit(Caller&, int32_t) {}
void runtime::requestTrap(Caller&, std::string message) { requestedTrap = std::move(message); }
void runtime::requestTrap(Caller&, Trap trap) { requestedTrap = std::move(trap.message); }

namespace wasi {
namespace {

class InterruptTest : public CallTest {
 protected:
  InterruptTest() {
    requestedTrap.reset();
    CHECK(::mkfifo((files / "pipe").c_str(), 0600) == 0);
  }

  // Runs `wait`, interrupts the context meanwhile, and expects the end of the wait and a trap.
  void expectInterrupted(const std::function<Errno()>& wait) {
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      context->interrupt();
    });
    EXPECT_EQ(wait(), Errno::Intr);
    other.join();
    EXPECT_EQ(requestedTrap, "interrupted by the host");
  }
  Errno read(uint32_t fd) {
    Address list = memory.putIovecs({{memory.reserve(8), 8}});
    return fdRead(caller(), fd, list, 1, memory.reserve(4));
  }
};

TEST_F(InterruptTest, EndsReadingAPipe) {
  uint32_t fd = mustOpen("pipe", {.rights = right::FdRead});
  expectInterrupted([&] { return read(fd); });
}

TEST_F(InterruptTest, EndsOpeningAPipe) {
  uint32_t fd = 0;
  expectInterrupted([&] { return open(kDir, "pipe", {.rights = right::FdWrite}, fd); });
}

TEST_F(InterruptTest, EndsReadingStandardInput) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  HostFd reader(ends[0]);
  HostFd writer(ends[1]);
  context = ContextBuilder().standardStreams(reader.get(), 1, 2).build().value();
  expectInterrupted([&] { return read(0); });
}

TEST_F(InterruptTest, EndsASleep) {
  Subscription sleep{};
  sleep.tag = static_cast<uint8_t>(EventType::Clock);
  sleep.clock.id = static_cast<uint32_t>(ClockId::Monotonic);
  sleep.clock.timeout = 3600'000'000'000;
  Address in = memory.putValue(sleep);
  Address out = memory.reserve(sizeof(Event));
  expectInterrupted([&] { return pollOneoff(caller(), in, out, 1, memory.reserve(4)); });
}

TEST_F(InterruptTest, EndsAcceptAndReceive) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  HostFd near(ends[0]);
  HostFd far(ends[1]);
  HostFd listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  auto useSocket = [&](const HostFd& socket) {
    context = ContextBuilder().socket(socket.get()).build().value();
  };
  useSocket(near);
  Address list = memory.putIovecs({{memory.reserve(8), 8}});
  expectInterrupted(
      [&] { return sockRecv(caller(), 3, list, 1, 0, memory.reserve(4), memory.reserve(4)); });
  sa_family_t unnamed = AF_UNIX;
  ASSERT_EQ(::bind(listening.get(), reinterpret_cast<sockaddr*>(&unnamed), sizeof unnamed), 0);
  ASSERT_EQ(::listen(listening.get(), 1), 0);
  useSocket(listening);
  requestedTrap.reset();
  expectInterrupted([&] { return sockAccept(caller(), 3, 0, memory.reserve(4)); });
}

// A wait that begins after the interruption ends at once.
TEST_F(InterruptTest, LastsWhereItCameFirst) {
  uint32_t fd = mustOpen("pipe", {.rights = right::FdRead});
  context->interrupt();
  EXPECT_EQ(read(fd), Errno::Intr);
  EXPECT_TRUE(requestedTrap.has_value());
}

}  // namespace
}  // namespace wasi
