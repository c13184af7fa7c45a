#include "wasi/calls/file_io.h"

#include <thread>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class FileIoTest : public CallTest {
 protected:
  FileIoTest() { CHECK(::mkfifo((files / "pipe").c_str(), 0600) == 0); }

  // Makes a context whose standard streams are borrowed from the test.
  void useStreams(int in, int out) {
    auto built = ContextBuilder().standardStreams(in, out, out).build();
    CHECK(built.ok());
    context = std::move(built).value();
  }
  static int statusFlags(const HostFd& file) { return ::fcntl(file.get(), F_GETFL); }
  Errno setFlags(uint32_t fd, uint32_t flags) { return fdFdstatSetFlags(caller(), fd, flags); }
  uint32_t flagsOf(uint32_t fd) {
    Address at = memory.reserve(sizeof(Fdstat));
    EXPECT_EQ(fdFdstatGet(caller(), fd, at), Errno::Success);
    return memory.get<Fdstat>(at).flags;
  }
};

struct Pipe {
  Pipe() {
    int ends[2];
    CHECK(::pipe2(ends, O_CLOEXEC) == 0);
    reader = HostFd(ends[0]);
    writer = HostFd(ends[1]);
  }
  HostFd reader;
  HostFd writer;
};

constexpr OpenOptions kToRead{.rights = right::FdRead | right::FdFdstatSetFlags};
constexpr OpenOptions kToWrite{.rights = right::FdWrite | right::FdFdstatSetFlags};

TEST_F(FileIoTest, OpeningAPipeToReadDoesNotWaitButReadingDoes) {
  uint32_t fd = mustOpen("pipe", kToRead);
  EXPECT_EQ(flagsOf(fd), 0u);
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    files.write("pipe", "text");
  });
  EXPECT_EQ(read(fd, 10), "text");
  writer.join();
  EXPECT_EQ(read(fd, 10), "");
}

TEST_F(FileIoTest, OpeningAPipeToWriteWaitsForAReader) {
  std::string text;
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    text = files.read("pipe");
  });
  uint32_t fd = mustOpen("pipe", kToWrite);
  EXPECT_EQ(write(fd, "text"), Errno::Success);
  EXPECT_EQ(fdClose(caller(), fd), Errno::Success);
  reader.join();
  EXPECT_EQ(text, "text");
}

TEST_F(FileIoTest, PipesThatDoNotWait) {
  OpenOptions toWrite = kToWrite;
  toWrite.fdflags = fdflag::Nonblock;
  uint32_t fd = 0;
  EXPECT_EQ(open(kDir, "pipe", toWrite, fd), Errno::Nxio);
  OpenOptions toRead = kToRead;
  toRead.fdflags = fdflag::Nonblock;
  uint32_t in = mustOpen("pipe", toRead);
  EXPECT_EQ(flagsOf(in), fdflag::Nonblock);
  EXPECT_EQ(read(in, 10), "");  // no process has the pipe open for writing
  uint32_t out = mustOpen("pipe", toWrite);
  EXPECT_EQ(read(in, 10), "again");
  EXPECT_EQ(write(out, "text"), Errno::Success);
  EXPECT_EQ(read(in, 10), "text");
  std::string much(60000, 'x');
  while (write(out, much) == Errno::Success) memory.reset();
  EXPECT_EQ(write(out, "x"), Errno::Again);
}

TEST_F(FileIoTest, BorrowedPipesKeepTheirFlags) {
  Pipe pipe;
  useStreams(pipe.reader.get(), pipe.writer.get());
  EXPECT_EQ(setFlags(0, fdflag::Nonblock), Errno::Success);
  EXPECT_EQ(setFlags(1, fdflag::Nonblock), Errno::Success);
  EXPECT_EQ(flagsOf(0), fdflag::Nonblock);
  EXPECT_EQ(statusFlags(pipe.reader) & O_NONBLOCK, 0);
  EXPECT_EQ(statusFlags(pipe.writer) & O_NONBLOCK, 0);
  EXPECT_EQ(read(0, 10), "again");
  EXPECT_EQ(write(1, "text"), Errno::Success);
  EXPECT_EQ(read(0, 10), "text");
  std::string much(60000, 'x');
  while (write(1, much) == Errno::Success) memory.reset();
  EXPECT_EQ(write(1, "x"), Errno::Again);
  EXPECT_EQ(setFlags(0, 0), Errno::Success);
  EXPECT_EQ(flagsOf(0), 0u);
  EXPECT_EQ(read(0, 1), "x");
}

// The guest's calls block, but the host's file has O_NONBLOCK.
TEST_F(FileIoTest, BorrowedPipesWaitForAGuestThatWantsIt) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.reader.get(), F_SETFL, O_NONBLOCK), 0);
  useStreams(pipe.reader.get(), pipe.writer.get());
  EXPECT_EQ(flagsOf(0), fdflag::Nonblock);
  EXPECT_EQ(read(0, 10), "again");
  EXPECT_EQ(setFlags(0, 0), Errno::Success);
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(::write(pipe.writer.get(), "text", 4) == 4);
  });
  EXPECT_EQ(read(0, 10), "text");
  writer.join();
  EXPECT_NE(statusFlags(pipe.reader) & O_NONBLOCK, 0);
}

TEST_F(FileIoTest, TerminalsKeepTheirFlags) {
  HostFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(master.valid());
  ASSERT_EQ(::unlockpt(master.get()), 0);
  HostFd terminal(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(terminal.valid());
  useStreams(terminal.get(), terminal.get());
  EXPECT_EQ(setFlags(0, fdflag::Nonblock), Errno::Success);
  EXPECT_EQ(statusFlags(terminal) & O_NONBLOCK, 0);
  EXPECT_EQ(read(0, 10), "again");
  ASSERT_EQ(::write(master.get(), "line\n", 5), 5);
  EXPECT_EQ(read(0, 10), "line\n");
  EXPECT_EQ(write(1, "out"), Errno::Success);
}

TEST_F(FileIoTest, BorrowedFilesAppendWhenToldTo) {
  files.write("log", "0123");
  HostFd log(::open((files / "log").c_str(), O_RDWR | O_CLOEXEC));
  useStreams(log.get(), log.get());
  EXPECT_EQ(setFlags(1, fdflag::Append), Errno::Success);
  EXPECT_EQ(statusFlags(log) & O_APPEND, 0);
  EXPECT_EQ(write(1, "45"), Errno::Success);
  EXPECT_EQ(files.read("log"), "012345");
  HostFd appended(::open((files / "log").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  useStreams(log.get(), appended.get());
  EXPECT_EQ(flagsOf(1), fdflag::Append);
  EXPECT_EQ(setFlags(1, 0), Errno::NotSup);
}

}  // namespace
}  // namespace wasi
