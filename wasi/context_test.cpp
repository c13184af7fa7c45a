#include "wasi/context.h"

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

TEST(ContextTest, NothingIsGrantedByDefault) {
  auto context = ContextBuilder().build();
  ASSERT_TRUE(context.ok());
  EXPECT_TRUE((*context)->arguments().empty());
  EXPECT_TRUE((*context)->environment().empty());
  EXPECT_EQ((*context)->files().size(), 3u);
}

TEST(ContextTest, StringsReachTheGuest) {
  auto context =
      ContextBuilder().argument("program").argument("\xc3\xa9").variable("A", "x=y").build();
  ASSERT_TRUE(context.ok());
  TestMemory memory;
  Address count = memory.reserve(4);
  Address size = memory.reserve(4);
  ASSERT_EQ(argsSizesGet(memory.caller(**context), count, size), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 2u);
  EXPECT_EQ(memory.get<uint32_t>(size), 11u);
  Address pointers = memory.reserve(8);
  Address buffer = memory.reserve(16);
  ASSERT_EQ(argsGet(memory.caller(**context), pointers, buffer), Errno::Success);
  EXPECT_EQ(memory.text(buffer, 11), std::string("program\0\xc3\xa9\0", 11));

  ASSERT_EQ(environSizesGet(memory.caller(**context), count, size), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(size), 6u);
  ASSERT_EQ(environGet(memory.caller(**context), pointers, buffer), Errno::Success);
  EXPECT_EQ(memory.text(buffer, 6), std::string("A=x=y\0", 6));
  EXPECT_EQ(argsGet(memory.caller(**context), pointers, TestMemory::kSize - 10), Errno::Fault);
  EXPECT_EQ(argsSizesGet(memory.caller(**context), count, TestMemory::kSize - 3), Errno::Fault);
}

TEST(ContextTest, BadGrantsAreRefused) {
  auto missing = ContextBuilder().directory("/nonexistent/dir", "/").build();
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().text(),
            "/nonexistent/dir: cannot open the directory: No such file or directory");
  TempDirectory files;
  files.write("file", "");
  EXPECT_FALSE(ContextBuilder().directory(files / "file", "/").build().ok());
  EXPECT_FALSE(ContextBuilder().argument(std::string("a\0b", 3)).build().ok());
  EXPECT_FALSE(ContextBuilder().variable("A", std::string("\0", 1)).build().ok());
  EXPECT_FALSE(ContextBuilder().standardStreams(-1, 1, 2).build().ok());
}

TEST(ContextTest, BorrowedStreamsAreLeftAsTheyWere) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  HostFd reader(ends[0]);
  HostFd writer(ends[1]);
  {
    auto context =
        ContextBuilder().standardStreams(reader.get(), writer.get(), writer.get()).build();
    ASSERT_TRUE(context.ok());
    TestMemory memory;
    EXPECT_EQ(fdFdstatSetFlags(memory.caller(**context), 0, fdflag::Nonblock), Errno::Success);
    // The flags of the host's file are never changed, since other processes may share them.
    EXPECT_EQ(::fcntl(reader.get(), F_GETFL) & O_NONBLOCK, 0);
    EXPECT_EQ(fdClose(memory.caller(**context), 1), Errno::Success);
  }
  EXPECT_EQ(::fcntl(reader.get(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_GE(::fcntl(writer.get(), F_GETFL), 0);  // closed for the guest only
}

TEST(ContextTest, DescriptorsAreLimited) {
  EXPECT_FALSE(ContextBuilder().maxDescriptors(2).build().ok());
  TempDirectory files;
  files.write("file", "");
  auto context = ContextBuilder().directory(files.path(), "/").maxDescriptors(5).build();
  ASSERT_TRUE(context.ok()) << context.error().text();
  TestMemory memory;
  Address path = memory.put("file");
  Address out = memory.reserve(4);
  auto open = [&] {
    return pathOpen(memory.caller(**context), 3, 0, path, 4, 0, right::FdRead, 0, 0, out);
  };
  EXPECT_EQ(open(), Errno::Success);
  EXPECT_EQ(open(), Errno::Mfile);
  EXPECT_EQ(fdClose(memory.caller(**context), 4), Errno::Success);
  EXPECT_EQ(open(), Errno::Success);
}

TEST(ContextTest, ADirectoryAsAStreamIsNoWayIn) {
  TempDirectory files;
  files.write("file", "text");
  HostFd directory(::open(files.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  ASSERT_TRUE(directory.valid());
  int fd = directory.get();
  auto context = ContextBuilder().standardStreams(fd, fd, fd).build();
  ASSERT_TRUE(context.ok());
  TestMemory memory;
  Address path = memory.put("file");
  Address out = memory.reserve(64);
  EXPECT_EQ(pathOpen(memory.caller(**context), 0, 0, path, 4, 0, 0, 0, 0, out), Errno::NotCapable);
  EXPECT_EQ(pathFilestatGet(memory.caller(**context), 0, 0, path, 4, out), Errno::NotCapable);
  EXPECT_EQ(pathUnlinkFile(memory.caller(**context), 0, path, 4), Errno::NotCapable);
  EXPECT_EQ(fdReaddir(memory.caller(**context), 0, out, 64, 0, path), Errno::NotCapable);
  Address iovec = memory.reserve(8);
  EXPECT_EQ(fdRead(memory.caller(**context), 0, iovec, 1, out), Errno::IsDir);
}

TEST(ContextTest, TerminalsLookLikeTerminals) {
  HostFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(master.valid());
  ASSERT_EQ(::unlockpt(master.get()), 0);
  HostFd terminal(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(terminal.valid());
  auto context =
      ContextBuilder().standardStreams(terminal.get(), terminal.get(), terminal.get()).build();
  ASSERT_TRUE(context.ok());
  const OpenFile input = (*context)->files().find(0);
  EXPECT_EQ(input->type, Filetype::CharacterDevice);
  EXPECT_EQ(input->rights & (right::FdSeek | right::FdTell), 0u);
}

}  // namespace
}  // namespace wasi
