#include "wasi/stream.h"

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class StreamTest : public CallTest {
 protected:
  void use(std::shared_ptr<Stream> in, std::shared_ptr<Stream> out) {
    auto built = ContextBuilder()
                     .input(Redirection::stream(std::move(in)))
                     .output(Redirection::stream(out))
                     .error(Redirection::stream(std::move(out)))
                     .build();
    CHECK(built.ok());
    context = std::move(built).value();
  }
};

std::span<const uint8_t> bytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

TEST_F(StreamTest, BuffersAreReadToTheirEndAndFilledToTheirLimit) {
  auto output = std::make_shared<OutputBuffer>(8);
  use(std::make_shared<InputBuffer>("hello, guest"), output);
  EXPECT_EQ(read(0, 5), "hello");
  EXPECT_EQ(read(0, 100), ", guest");
  EXPECT_EQ(read(0, 100), "");
  EXPECT_EQ(write(1, "12345"), Errno::Success);
  EXPECT_EQ(write(2, "67890"), Errno::Success);
  EXPECT_EQ(output->contents(), "12345678");
  EXPECT_EQ(write(1, "x"), Errno::NoSpc);
  EXPECT_EQ(write(1, ""), Errno::Success);
  EXPECT_EQ(write(0, "x"), Errno::NotCapable);
  EXPECT_EQ(read(1, 1), "notcapable");
}

TEST_F(StreamTest, VectorsGoThroughAllTheirBuffers) {
  auto output = std::make_shared<OutputBuffer>();
  use(std::make_shared<InputBuffer>("abcdef"), output);
  Address first = memory.reserve(8);
  Address second = memory.reserve(8);
  Address list = memory.putIovecs({{first, 2}, {0, 0}, {second, 8}});
  Address count = memory.reserve(4);
  EXPECT_EQ(fdRead(caller(), 0, list, 3, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 6u);
  EXPECT_EQ(memory.text(first, 2) + memory.text(second, 4), "abcdef");
  EXPECT_EQ(fdWrite(caller(), 1, list, 3, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 10u);
  EXPECT_EQ(output->contents(), std::string("abcdef\0\0\0\0", 10));
  EXPECT_EQ(fdRead(caller(), 0, list, 3, TestMemory::kSize), Errno::Fault);
}

TEST_F(StreamTest, CallbacksAreAskedOncePerRead) {
  int reads = 0;
  std::string written;
  auto reader = [&](std::span<uint8_t> into) -> Expected<size_t, Errno> {
    ++reads;
    if (reads == 3) return Errno::Io;
    into[0] = static_cast<uint8_t>('0' + reads);
    return size_t{1};
  };
  auto writer = [&](std::span<const uint8_t> from) -> Expected<size_t, Errno> {
    if (from[0] == '!') return Errno::Pipe;
    written.append(reinterpret_cast<const char*>(from.data()), from.size());
    return from.size();
  };
  use(std::make_shared<CallbackStream>(ReadFunction(reader)),
      std::make_shared<CallbackStream>(WriteFunction(writer)));
  EXPECT_EQ(read(0, 4), "1");
  Address list = memory.putIovecs({{memory.reserve(1), 1}, {memory.reserve(1), 1}});
  Address count = memory.reserve(4);
  EXPECT_EQ(fdRead(caller(), 0, list, 2, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 1u);
  EXPECT_EQ(read(0, 4), "io");
  EXPECT_EQ(reads, 3);
  EXPECT_EQ(write(1, "text"), Errno::Success);
  EXPECT_EQ(write(2, "!"), Errno::Pipe);
  EXPECT_EQ(written, "text");
}

// A stream with two bytes, whose second read fails.
class BrokenInput : public Stream {
 public:
  Expected<size_t, Errno> read(std::span<uint8_t> into) override {
    if (++reads_ == 2) return Errno::Io;
    into[0] = 'a';
    return size_t{1};
  }
  uint64_t available() const override { return 2; }

 private:
  int reads_ = 0;
};

TEST_F(StreamTest, BytesBeforeAnErrorAreRead) {
  use(std::make_shared<BrokenInput>(), std::make_shared<OutputBuffer>());
  Address first = memory.reserve(1);
  Address list = memory.putIovecs({{first, 1}, {memory.reserve(1), 1}});
  Address count = memory.reserve(4);
  EXPECT_EQ(fdRead(caller(), 0, list, 2, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 1u);
  EXPECT_EQ(memory.text(first, 1), "a");
}

TEST_F(StreamTest, CallbacksThatLieAreErrors) {
  auto reader = [](std::span<uint8_t> into) -> Expected<size_t, Errno> { return into.size() + 1; };
  auto writer = [](std::span<const uint8_t> from) -> Expected<size_t, Errno> {
    return from.size() + 1;
  };
  use(std::make_shared<CallbackStream>(ReadFunction(reader)),
      std::make_shared<CallbackStream>(WriteFunction(writer)));
  EXPECT_EQ(read(0, 4), "io");
  EXPECT_EQ(write(1, "text"), Errno::Io);
}

TEST_F(StreamTest, TheOtherDirectionIsNoDirection) {
  uint8_t byte = 0;
  EXPECT_EQ(InputBuffer("").write(bytesOf("x")).error(), Errno::Badf);
  EXPECT_EQ(OutputBuffer().read({&byte, 1}).error(), Errno::Badf);
  EXPECT_EQ(CallbackStream(ReadFunction()).read({&byte, 1}).error(), Errno::Badf);
  EXPECT_EQ(CallbackStream(ReadFunction()).write(bytesOf("x")).error(), Errno::Badf);
}

TEST_F(StreamTest, TheyLookLikePipes) {
  use(std::make_shared<InputBuffer>("text"), std::make_shared<OutputBuffer>());
  Address at = memory.reserve(64);
  ASSERT_EQ(fdFdstatGet(caller(), 0, at), Errno::Success);
  EXPECT_EQ(memory.get<Fdstat>(at).type, static_cast<uint8_t>(Filetype::Unknown));
  EXPECT_EQ(memory.get<Fdstat>(at).flags, 0);
  EXPECT_EQ(fdFdstatSetFlags(caller(), 0, fdflag::Nonblock), Errno::Success);
  ASSERT_EQ(fdFdstatGet(caller(), 0, at), Errno::Success);
  EXPECT_EQ(memory.get<Fdstat>(at).flags, fdflag::Nonblock);
  EXPECT_EQ(fdFdstatSetFlags(caller(), 0, fdflag::Sync), Errno::Inval);
  EXPECT_EQ(fdFilestatGet(caller(), 0, at), Errno::Success);
  EXPECT_EQ(memory.get<Filestat>(at).size, 0u);
  EXPECT_EQ(fdSeek(caller(), 0, 0, 1, at), Errno::Spipe);
  EXPECT_EQ(fdPread(caller(), 0, 0, 0, 0, at), Errno::Spipe);
  EXPECT_EQ(tryOpen(0, "x"), Errno::NotDir);
  EXPECT_EQ(sockShutdown(caller(), 0, sdflag::Rd), Errno::NotSock);
  for (auto call : {fdSync, fdDatasync}) {
    EXPECT_EQ(call(caller(), 1), Errno::NotCapable);
  }
  EXPECT_EQ(fdFilestatSetTimes(caller(), 1, 0, 0, 0), Errno::NotCapable);
  EXPECT_EQ(fdFilestatSetSize(caller(), 1, 0), Errno::NotCapable);
  EXPECT_EQ(fdAdvise(caller(), 1, 0, 0, 0), Errno::NotCapable);
  EXPECT_EQ(fdAllocate(caller(), 1, 0, 1), Errno::NotCapable);
}

TEST_F(StreamTest, PollFindsThemReady) {
  use(std::make_shared<InputBuffer>("text"), std::make_shared<OutputBuffer>());
  Subscription list[3] = {};
  list[0].tag = static_cast<uint8_t>(EventType::FdRead);
  list[1].tag = static_cast<uint8_t>(EventType::FdWrite);
  list[1].fd = 1;
  list[2].clock.id = static_cast<uint32_t>(ClockId::Monotonic);
  list[2].clock.timeout = UINT64_MAX;
  Address in = memory.putValue(list);
  Address out = memory.reserve(3 * sizeof(Event));
  Address count = memory.reserve(4);
  ASSERT_EQ(pollOneoff(caller(), in, out, 3, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 2u);
  EXPECT_EQ(memory.get<Event>(out).bytes, 4u);
  EXPECT_EQ(memory.get<Event>(out + sizeof(Event)).bytes, 1u);
}

TEST_F(StreamTest, TheyOutliveARenumberingAndAreClosed) {
  auto output = std::make_shared<OutputBuffer>();
  use(std::make_shared<InputBuffer>("text"), output);
  EXPECT_EQ(fdRenumber(caller(), 1, 0), Errno::Success);
  EXPECT_EQ(write(0, "moved"), Errno::Success);
  EXPECT_EQ(output->contents(), "moved");
  EXPECT_EQ(fdClose(caller(), 0), Errno::Success);
  EXPECT_EQ(write(0, "x"), Errno::Badf);
}

TEST_F(StreamTest, FilesByTheirPaths) {
  files.write("in", "input");
  files.write("out", "what was there before");
  auto built = ContextBuilder()
                   .input(Redirection::file(files / "in"))
                   .output(Redirection::file(files / "out"))
                   .build();
  ASSERT_TRUE(built.ok());
  context = std::move(built).value();
  EXPECT_EQ(read(0, 16), "input");
  EXPECT_EQ(write(1, "output"), Errno::Success);
  EXPECT_EQ(files.read("out"), "output");
  EXPECT_FALSE(ContextBuilder().input(Redirection::file(files / "none")).build().ok());
  EXPECT_FALSE(ContextBuilder().output(Redirection::file(files / "no/ne")).build().ok());
}

}  // namespace
}  // namespace wasi
