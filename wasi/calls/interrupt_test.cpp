#include <sys/socket.h>

#include <functional>
#include <thread>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class InterruptTest : public CallTest {
 protected:
  InterruptTest() {
    runtime::installInterruptHandler();
    CHECK(state().interruption.enter(true, thread_.id()));
    CHECK(::mkfifo((files / "pipe").c_str(), 0600) == 0);
  }

  runtime::GuestState& state() { return memory.state(); }
  // Runs `wait`, interrupts the guest meanwhile, and expects the end of the wait.
  void expectInterrupted(const std::function<Errno()>& wait) {
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      state().interruption.request();
    });
    EXPECT_EQ(wait(), Errno::Intr);
    other.join();
  }
  Errno read(uint32_t fd) {
    Address list = memory.putIovecs({{memory.reserve(8), 8}});
    return fdRead(caller(), fd, list, 1, memory.reserve(4));
  }
  Errno write(uint32_t fd, uint32_t size) {
    Address list = memory.putIovecs({{memory.reserve(size), size}});
    return fdWrite(caller(), fd, list, 1, memory.reserve(4));
  }

  runtime::InterruptibleThread thread_;
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

// The host's pipe has no O_NONBLOCK, so that the write waits in the kernel.
TEST_F(InterruptTest, EndsWritingToAFullPipe) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  HostFd reader(ends[0]);
  HostFd writer(ends[1]);
  context = ContextBuilder().standardStreams(0, writer.get(), 2).build().value();
  ASSERT_EQ(::fcntl(writer.get(), F_SETPIPE_SZ, 4096), 4096);
  ASSERT_EQ(write(1, 4096), Errno::Success);
  expectInterrupted([&] { return write(1, 4096); });
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

TEST_F(InterruptTest, EndsReceiving) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  HostFd near(ends[0]);
  HostFd far(ends[1]);
  context = ContextBuilder().socket(near.get()).build().value();
  Address list = memory.putIovecs({{memory.reserve(8), 8}});
  expectInterrupted(
      [&] { return sockRecv(caller(), 3, list, 1, 0, memory.reserve(4), memory.reserve(4)); });
}

TEST_F(InterruptTest, EndsAccepting) {
  HostFd listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sa_family_t unnamed = AF_UNIX;
  ASSERT_EQ(::bind(listening.get(), reinterpret_cast<sockaddr*>(&unnamed), sizeof unnamed), 0);
  ASSERT_EQ(::listen(listening.get(), 1), 0);
  context = ContextBuilder().socket(listening.get()).build().value();
  expectInterrupted([&] { return sockAccept(caller(), 3, 0, memory.reserve(4)); });
}

}  // namespace
}  // namespace wasi
