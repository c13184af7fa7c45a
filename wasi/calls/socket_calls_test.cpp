#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <thread>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

// A fixture in which descriptor 0 of the guest is one end of a socket pair and `peer_` the other.
class SocketTest : public CallTest {
 protected:
  void usePair(int type) {
    int ends[2];
    CHECK(::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) == 0);
    near_ = HostFd(ends[0]);
    peer_ = HostFd(ends[1]);
    use(near_.get());
  }
  void use(int socket) {
    auto built = ContextBuilder().standardStreams(socket, socket, socket).build();
    CHECK(built.ok());
    context = std::move(built).value();
  }
  Errno receive(uint32_t size, uint32_t flags, std::string& out, uint16_t& resultFlags) {
    Address data = memory.reserve(size);
    Address list = memory.putIovecs({{data, size}});
    Address received = memory.reserve(4);
    Address result = memory.reserve(2);
    Errno error = sockRecv(caller(), 0, list, 1, flags, received, result);
    if (error == Errno::Success) out = memory.text(data, memory.get<uint32_t>(received));
    resultFlags = memory.get<uint16_t>(result);
    return error;
  }

  // Returns a socket that listens at listenAddress().
  HostFd listen(int typeFlags = 0) {
    HostFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | typeFlags, 0));
    sockaddr_un address = listenAddress();
    CHECK(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    CHECK(::listen(listener.get(), 4) == 0);
    return listener;
  }
  sockaddr_un listenAddress() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string path = files / "socket";
    CHECK(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
  }
  Errno setFlags(uint32_t fd, uint32_t flags) { return fdFdstatSetFlags(caller(), fd, flags); }
  static bool isNonblocking(const HostFd& file) {
    return (::fcntl(file.get(), F_GETFL) & O_NONBLOCK) != 0;
  }

  HostFd near_;
  HostFd peer_;
};

TEST_F(SocketTest, SendsAndReceives) {
  usePair(SOCK_STREAM);
  Address list = memory.putIovecs({{memory.put("ping"), 4}});
  Address sent = memory.reserve(4);
  EXPECT_EQ(sockSend(caller(), 0, list, 1, 0, sent), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(sent), 4u);
  char text[8] = {};
  EXPECT_EQ(::read(peer_.get(), text, sizeof text), 4);
  EXPECT_STREQ(text, "ping");
  EXPECT_EQ(sockSend(caller(), 0, list, 1, 1, sent), Errno::Inval);

  ASSERT_EQ(::write(peer_.get(), "pong", 4), 4);
  std::string got;
  uint16_t flags = 0;
  EXPECT_EQ(receive(2, riflag::Peek, got, flags), Errno::Success);
  EXPECT_EQ(got, "po");
  EXPECT_EQ(receive(4, riflag::Waitall, got, flags), Errno::Success);
  EXPECT_EQ(got, "pong");
  EXPECT_EQ(flags, 0);
  EXPECT_EQ(receive(4, 4, got, flags), Errno::Inval);
}

TEST_F(SocketTest, DatagramsAreCutOff) {
  usePair(SOCK_DGRAM);
  EXPECT_EQ(context->files().find(0)->type, Filetype::SocketDgram);
  ASSERT_EQ(::write(peer_.get(), "datagram", 8), 8);
  std::string got;
  uint16_t flags = 0;
  EXPECT_EQ(receive(4, 0, got, flags), Errno::Success);
  EXPECT_EQ(got, "data");
  EXPECT_EQ(flags, roflag::Truncated);
}

TEST_F(SocketTest, Shutdown) {
  usePair(SOCK_STREAM);
  EXPECT_EQ(sockShutdown(caller(), 0, 0), Errno::Inval);
  EXPECT_EQ(sockShutdown(caller(), 0, 4), Errno::Inval);
  EXPECT_EQ(sockShutdown(caller(), 0, sdflag::Wr), Errno::Success);
  char byte;
  EXPECT_EQ(::read(peer_.get(), &byte, 1), 0);
  Address list = memory.putIovecs({{memory.put("x"), 1}});
  EXPECT_EQ(sockSend(caller(), 0, list, 1, 0, memory.reserve(4)), Errno::Pipe);
}

TEST_F(SocketTest, AcceptGivesTheLowestFreeDescriptor) {
  HostFd listener = listen(SOCK_NONBLOCK);
  use(listener.get());
  Address out = memory.reserve(4);
  EXPECT_EQ(sockAccept(caller(), 0, 0, out), Errno::Again);
  HostFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address = listenAddress();
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::connect(client.get(), generic, sizeof address), 0);
  EXPECT_EQ(sockAccept(caller(), 0, fdflag::Append, out), Errno::Inval);
  EXPECT_EQ(sockAccept(caller(), 0, 0, TestMemory::kSize), Errno::Fault);
  EXPECT_EQ(sockAccept(caller(), 0, fdflag::Nonblock, out), Errno::Success);
  uint32_t fd = memory.get<uint32_t>(out);
  EXPECT_EQ(fd, 3u);
  EXPECT_EQ(read(fd, 4), "again");
  EXPECT_EQ(write(fd, "hi"), Errno::Success);
  char text[4] = {};
  EXPECT_EQ(::read(client.get(), text, sizeof text), 2);
  EXPECT_EQ(sockAccept(caller(), fd, 0, out), Errno::NotCapable);
}

TEST_F(SocketTest, BorrowedSocketsKeepTheirFlags) {
  usePair(SOCK_STREAM);
  EXPECT_EQ(setFlags(0, fdflag::Nonblock), Errno::Success);
  EXPECT_FALSE(isNonblocking(near_));
  EXPECT_EQ(read(0, 4), "again");
  EXPECT_EQ(read(0, 0), "");
  std::string got;
  uint16_t flags = 0;
  EXPECT_EQ(receive(4, riflag::Waitall, got, flags), Errno::Again);
  ASSERT_EQ(::write(peer_.get(), "ping", 4), 4);
  EXPECT_EQ(read(0, 4), "ping");
  EXPECT_EQ(setFlags(1, fdflag::Nonblock), Errno::Success);
  std::string much(30000, 'x');
  while (write(1, much) == Errno::Success) memory.reset();
  EXPECT_EQ(write(1, much), Errno::Again);
  Address list = memory.putIovecs({{memory.put("x"), 1}});
  EXPECT_EQ(setFlags(0, 0), Errno::Success);
  EXPECT_EQ(sockSend(caller(), 1, list, 1, 0, memory.reserve(4)), Errno::Again);
}

// The guest's calls block, but the host's file has O_NONBLOCK.
TEST_F(SocketTest, BorrowedSocketsWaitForAGuestThatWantsIt) {
  usePair(SOCK_STREAM | SOCK_NONBLOCK);
  EXPECT_EQ(setFlags(0, 0), Errno::Success);
  std::string much(30000, 'x');
  char ignored[4096];
  auto drain = [&] {
    while (::read(peer_.get(), ignored, sizeof ignored) > 0) {
    }
  };
  // Fills the buffers of the sockets through descriptor 1, whose flags are those of the host.
  while (write(1, much) == Errno::Success) memory.reset();
  std::thread peer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    drain();
    CHECK(::write(peer_.get(), "pong", 4) == 4);
  });
  EXPECT_EQ(write(0, "x"), Errno::Success);
  EXPECT_EQ(read(0, 4), "pong");
  peer.join();
  EXPECT_TRUE(isNonblocking(near_));
}

TEST_F(SocketTest, FlagsOfListenersAreRestored) {
  HostFd listener = listen();
  use(listener.get());
  EXPECT_EQ(setFlags(0, fdflag::Nonblock), Errno::Success);
  EXPECT_EQ(setFlags(1, 0), Errno::Success);
  EXPECT_EQ(setFlags(2, fdflag::Nonblock), Errno::Success);
  EXPECT_TRUE(isNonblocking(listener));
  EXPECT_EQ(sockAccept(caller(), 0, 0, memory.reserve(4)), Errno::Again);
  context.reset();
  EXPECT_FALSE(isNonblocking(listener));
}

TEST_F(SocketTest, OnlySocketsAreSockets) {
  uint32_t fd = mustCreate("file");
  Address out = memory.reserve(8);
  for (uint32_t each : {fd, kDir, 0u}) {
    EXPECT_EQ(sockAccept(caller(), each, 0, out), Errno::NotSock);
    EXPECT_EQ(sockRecv(caller(), each, 0, 0, 0, out, out), Errno::NotSock);
    EXPECT_EQ(sockSend(caller(), each, 0, 0, 0, out), Errno::NotSock);
    EXPECT_EQ(sockShutdown(caller(), each, sdflag::Rd), Errno::NotSock);
  }
  EXPECT_EQ(sockShutdown(caller(), 99, sdflag::Rd), Errno::Badf);
}

}  // namespace
}  // namespace wasi
