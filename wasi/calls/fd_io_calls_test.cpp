#include <sys/socket.h>

#include <map>
#include <set>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class FdIoTest : public CallTest {
 protected:
  Errno seek(uint32_t fd, int64_t delta, Whence whence, uint64_t& position) {
    Address at = memory.reserve(8);
    Errno error =
        fdSeek(caller(), fd, static_cast<uint64_t>(delta), static_cast<uint32_t>(whence), at);
    position = memory.get<uint64_t>(at);
    return error;
  }
};

TEST_F(FdIoTest, VectorsGoStraightToTheFile) {
  uint32_t fd = mustCreate("file");
  Address list = memory.putIovecs({{memory.put("one"), 3}, {0xffffff, 0}, {memory.put("two"), 3}});
  // The address of an empty buffer must be valid as well.
  Address count = memory.reserve(4);
  EXPECT_EQ(fdWrite(caller(), fd, list, 3, count), Errno::Fault);
  list = memory.putIovecs({{memory.put("one"), 3}, {0, 0}, {memory.put("two"), 3}});
  EXPECT_EQ(fdWrite(caller(), fd, list, 3, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 6u);
  EXPECT_EQ(files.read("file"), "onetwo");

  Address first = memory.reserve(8);
  Address second = memory.reserve(8);
  list = memory.putIovecs({{first, 2}, {second, 8}});
  EXPECT_EQ(fdPread(caller(), fd, list, 2, 1, count), Errno::Success);
  EXPECT_EQ(memory.get<uint32_t>(count), 5u);
  EXPECT_EQ(memory.text(first, 2), "ne");
  EXPECT_EQ(memory.text(second, 3), "two");
}

TEST_F(FdIoTest, NoBuffersMoveNothing) {
  files.write("file", "text");
  uint32_t fd = mustOpen("file", {.rights = kReadWrite});
  Address count = memory.putValue<uint32_t>(77);
  for (auto call : {fdRead, fdWrite}) {
    EXPECT_EQ(call(caller(), fd, 0, 0, count), Errno::Success);
    EXPECT_EQ(memory.get<uint32_t>(count), 0u);
  }
}

TEST_F(FdIoTest, BadPointersFaultBeforeAnythingHappens) {
  uint32_t fd = mustCreate("file");
  Address list = memory.putIovecs({{memory.put("text"), 4}});
  constexpr Address kEnd = TestMemory::kSize;
  EXPECT_EQ(fdWrite(caller(), fd, list, 1, kEnd - 3), Errno::Fault);
  EXPECT_EQ(fdWrite(caller(), fd, kEnd - 7, 1, 0), Errno::Fault);
  EXPECT_EQ(fdWrite(caller(), fd, list, 0xffffffff, 0), Errno::Fault);
  EXPECT_EQ(fdWrite(caller(), fd, 0xfffffff8, 1, 0), Errno::Fault);
  EXPECT_EQ(fdWrite(caller(), fd, memory.putIovecs({{kEnd - 3, 4}}), 1, 0), Errno::Fault);
  EXPECT_EQ(fdWrite(caller(), fd, memory.putIovecs({{8, 0xffffffff}}), 1, 0), Errno::Fault);
  EXPECT_EQ(files.read("file"), "");
}

TEST_F(FdIoTest, OffsetsBeyondTheHostsAreInvalid) {
  uint32_t fd = mustCreate("file");
  Address list = memory.putIovecs({{memory.put("x"), 1}});
  Address count = memory.reserve(4);
  for (uint64_t offset : {uint64_t{1} << 63, UINT64_MAX}) {
    EXPECT_EQ(fdPread(caller(), fd, list, 1, offset, count), Errno::Inval);
    EXPECT_EQ(fdPwrite(caller(), fd, list, 1, offset, count), Errno::Inval);
  }
  EXPECT_EQ(fdPwrite(caller(), fd, list, 1, 3, count), Errno::Success);
  EXPECT_EQ(files.read("file"), std::string("\0\0\0x", 4));
}

TEST_F(FdIoTest, SeekInBothVersions) {
  files.write("file", "0123456789");
  uint32_t fd = mustOpen("file");
  uint64_t at = 0;
  EXPECT_EQ(seek(fd, 4, Whence::Set, at), Errno::Success);
  EXPECT_EQ(at, 4u);
  EXPECT_EQ(seek(fd, -1, Whence::Cur, at), Errno::Success);
  EXPECT_EQ(at, 3u);
  EXPECT_EQ(seek(fd, -2, Whence::End, at), Errno::Success);
  EXPECT_EQ(at, 8u);
  EXPECT_EQ(read(fd, 4), "89");
  EXPECT_EQ(seek(fd, -1, Whence::Set, at), Errno::Inval);
  EXPECT_EQ(seek(fd, 0, static_cast<Whence>(3), at), Errno::Inval);

  Address out = memory.reserve(8);
  auto old = [&](int64_t delta, unstable::Whence whence) {
    EXPECT_EQ(unstable::fdSeek(caller(), fd, static_cast<uint64_t>(delta),
                               static_cast<uint32_t>(whence), out),
              Errno::Success);
    return memory.get<uint64_t>(out);
  };
  EXPECT_EQ(old(4, unstable::Whence::Set), 4u);
  EXPECT_EQ(old(-1, unstable::Whence::Cur), 3u);
  EXPECT_EQ(old(-2, unstable::Whence::End), 8u);
  EXPECT_EQ(unstable::fdSeek(caller(), fd, 0, 3, out), Errno::Inval);
  EXPECT_EQ(fdTell(caller(), fd, out), Errno::Success);
  EXPECT_EQ(memory.get<uint64_t>(out), 8u);
}

TEST_F(FdIoTest, SeekingNeedsTheRightAndAFile) {
  files.write("file", "text");
  uint64_t at = 0;
  uint32_t teller = mustOpen("file", {.rights = right::FdTell});
  EXPECT_EQ(seek(teller, 0, Whence::Cur, at), Errno::Success);
  EXPECT_EQ(seek(teller, 1, Whence::Cur, at), Errno::NotCapable);
  uint32_t neither = mustOpen("file", {.rights = right::FdRead});
  EXPECT_EQ(seek(neither, 0, Whence::Cur, at), Errno::NotCapable);
  EXPECT_EQ(fdPread(caller(), neither, 0, 0, 0, memory.reserve(4)), Errno::NotCapable);
  EXPECT_EQ(seek(kDir, 0, Whence::Cur, at), Errno::Badf);
  EXPECT_EQ(read(kDir, 4), "badf");
  EXPECT_EQ(seek(99, 0, Whence::Cur, at), Errno::Badf);
}

TEST_F(FdIoTest, PipesCannotSeekAndTellWhenBroken) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  HostFd reader(ends[0]);
  HostFd writer(ends[1]);
  auto built = ContextBuilder().standardStreams(reader.get(), writer.get(), writer.get()).build();
  ASSERT_TRUE(built.ok());
  context = std::move(built).value();
  EXPECT_EQ(write(1, "through"), Errno::Success);
  EXPECT_EQ(read(0, 16), "through");
  uint64_t at = 0;
  EXPECT_EQ(seek(0, 0, Whence::Cur, at), Errno::Spipe);
  EXPECT_EQ(fdPread(caller(), 0, 0, 0, 0, memory.reserve(4)), Errno::Spipe);
  EXPECT_EQ(write(0, "x"), Errno::NotCapable);
  EXPECT_EQ(read(1, 1), "notcapable");
  reader = HostFd();
  auto handler = ::signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(write(1, "x"), Errno::Pipe);
  ::signal(SIGPIPE, handler);
}

TEST_F(FdIoTest, SocketsWithoutAPeerRaiseNoSignal) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  HostFd near(ends[0]);
  ::close(ends[1]);
  auto built = ContextBuilder().standardStreams(near.get(), near.get(), near.get()).build();
  ASSERT_TRUE(built.ok());
  context = std::move(built).value();
  EXPECT_EQ(write(1, "x"), Errno::Pipe);
}

// list() reads a directory as readdir() of wasi-libc does: through a buffer of `size` bytes, from
// the cookie of the last complete entry, until the buffer is not full.
class ReaddirTest : public FdIoTest {
 protected:
  struct Listing {
    std::map<std::string, Dirent> entries;
    bool duplicates = false;
  };

  uint32_t readdir(uint32_t fd, Address buffer, uint32_t size, uint64_t cookie) {
    Address used = memory.reserve(4);
    EXPECT_EQ(fdReaddir(caller(), fd, buffer, size, cookie, used), Errno::Success);
    return memory.get<uint32_t>(used);
  }

  Listing list(uint32_t fd, uint32_t size) {
    Listing result;
    Address buffer = memory.reserve(size);
    uint64_t cookie = 0;
    for (uint32_t used = size; used == size;) {
      memory.fill(0xee);
      used = readdir(fd, buffer, size, cookie);
      EXPECT_LE(used, size);
      for (uint32_t at = 0; used - at >= sizeof(Dirent);) {
        auto entry = memory.get<Dirent>(buffer + at);
        EXPECT_EQ(entry.padding[0] | entry.padding[1] | entry.padding[2], 0);
        if (used - at - sizeof(Dirent) < entry.nameSize) break;
        std::string name = memory.text(buffer + at + sizeof(Dirent), entry.nameSize);
        result.duplicates |= !result.entries.emplace(name, entry).second;
        cookie = entry.next;
        at += sizeof(Dirent) + entry.nameSize;
      }
    }
    return result;
  }
};

TEST_F(ReaddirTest, EveryBufferThatHoldsAnEntryWillDo) {
  std::set<std::string> expected = {".", ".."};
  for (int i = 0; i < 100; ++i) {
    std::string name = std::to_string(i) + std::string(static_cast<size_t>(i), 'n');
    files.write(name, "");
    expected.insert(name);
  }
  for (uint32_t size : {24u + 102u, 200u, 1000u, 4096u, 40000u}) {
    memory.reset();
    Listing found = list(kDir, size);
    EXPECT_FALSE(found.duplicates) << size;
    std::set<std::string> names;
    for (const auto& [name, entry] : found.entries) names.insert(name);
    EXPECT_EQ(names, expected) << size;
  }
}

TEST_F(ReaddirTest, EntriesTellTypeAndInode) {
  files.write("file", "");
  files.makeDirectory("dir");
  files.makeLink("file", "link");
  auto entries = list(kDir, 4096).entries;
  auto type = [&](const char* name) { return static_cast<Filetype>(entries[name].type); };
  EXPECT_EQ(type("file"), Filetype::RegularFile);
  EXPECT_EQ(type("dir"), Filetype::Directory);
  EXPECT_EQ(type("link"), Filetype::SymbolicLink);
  EXPECT_EQ(type("."), Filetype::Directory);
  struct stat status;
  ASSERT_EQ(::stat(files.path().c_str(), &status), 0);
  EXPECT_EQ(entries["."].inode, status.st_ino);
}

// A name that is not UTF-8 is listed and does not hide the others, although no path can contain it.
TEST_F(ReaddirTest, NamesThatAreNoTextAreListed) {
  files.write("plain", "");
  files.write("odd\xff", "");
  auto entries = list(kDir, 4096).entries;
  EXPECT_EQ(entries.count("plain"), 1u);
  EXPECT_EQ(entries.count("odd\xff"), 1u);
  EXPECT_EQ(tryStat("plain"), Errno::Success);
  EXPECT_EQ(tryStat("odd\xff"), Errno::Ilseq);
}

TEST_F(ReaddirTest, SmallBuffersAreFilledToTheLastByte) {
  files.write("file", "");
  for (uint32_t size : {0u, 1u, 8u, 23u, 24u, 25u}) {
    Address buffer = memory.reserve(32);
    EXPECT_EQ(readdir(kDir, buffer, size, 0), size);
  }
}

TEST_F(ReaddirTest, CookiesSurviveOtherReadsAndChanges) {
  for (int i = 0; i < 50; ++i) files.write("file" + std::to_string(i), "");
  auto all = list(kDir, 4096).entries;
  // A cookie continues after its entry, even if other entries were read and created in between.
  std::set<uint64_t> cookies;
  for (const auto& [name, entry] : all) cookies.insert(entry.next);
  EXPECT_EQ(cookies.size(), all.size());
  Address buffer = memory.reserve(4096);
  uint32_t used = readdir(kDir, buffer, 100, 0);
  ASSERT_EQ(used, 100u);
  auto first = memory.get<Dirent>(buffer);
  readdir(kDir, buffer, 4096, 0);
  files.write("later", "");
  used = readdir(kDir, buffer, 4096, first.next);
  auto second = memory.get<Dirent>(buffer);
  readdir(kDir, buffer, 4096, 0);
  EXPECT_EQ(memory.get<Dirent>(buffer).next, first.next);
  EXPECT_EQ(memory.get<Dirent>(buffer + 24 + first.nameSize).next, second.next);
}

TEST_F(ReaddirTest, DeletingWhileReadingSkipsNothing) {
  for (int i = 0; i < 2000; ++i) files.write("file" + std::to_string(i), "");
  Address buffer = memory.reserve(200);
  uint64_t cookie = 0;
  int seen = 0;
  for (uint32_t used = 200; used == 200;) {
    memory.reset();
    memory.reserve(200);
    used = readdir(kDir, buffer, 200, cookie);
    for (uint32_t at = 0; used - at >= sizeof(Dirent);) {
      auto entry = memory.get<Dirent>(buffer + at);
      if (used - at - sizeof(Dirent) < entry.nameSize) break;
      std::string name = memory.text(buffer + at + sizeof(Dirent), entry.nameSize);
      if (name[0] != '.') {
        EXPECT_EQ(::unlink((files / name).c_str()), 0);
      }
      cookie = entry.next;
      at += sizeof(Dirent) + entry.nameSize;
      ++seen;
    }
  }
  EXPECT_EQ(seen, 2002);
  EXPECT_EQ(cookie, 2002u);  // cookies are counts, which fit in the 32 bits of telldir()
}

TEST_F(ReaddirTest, CookiesOfAnotherDescriptorCountEntries) {
  for (int i = 0; i < 10; ++i) files.write("file" + std::to_string(i), "");
  uint32_t other = mustOpen(".");
  Address buffer = memory.reserve(1000);
  uint32_t all = readdir(kDir, buffer, 1000, 0);
  auto first = memory.get<Dirent>(buffer);
  uint32_t rest = readdir(other, buffer, 1000, first.next);
  EXPECT_EQ(all - rest, sizeof(Dirent) + first.nameSize);
  EXPECT_EQ(readdir(other, buffer, 1000, UINT64_MAX), 0u);
  EXPECT_EQ(readdir(other, buffer, 1000, 12), 0u);
  EXPECT_GT(readdir(other, buffer, 1000, 11), 0u);
}

TEST_F(ReaddirTest, ARewindSeesWhatIsNew) {
  EXPECT_EQ(list(kDir, 4096).entries.size(), 2u);
  files.write("new", "");
  EXPECT_EQ(list(kDir, 4096).entries.count("new"), 1u);
  ASSERT_EQ(::unlink((files / "new").c_str()), 0);
  EXPECT_EQ(list(kDir, 4096).entries.count("new"), 0u);
}

TEST_F(ReaddirTest, BadCallsAreRefused) {
  files.write("file", "");
  Address out = memory.reserve(4);
  Address buffer = memory.reserve(64);
  EXPECT_EQ(fdReaddir(caller(), mustOpen("file"), buffer, 64, 0, out), Errno::NotDir);
  EXPECT_EQ(fdReaddir(caller(), 77, buffer, 64, 0, out), Errno::Badf);
  EXPECT_EQ(fdReaddir(caller(), kDir, 0xffffff00, 0x200, 0, out), Errno::Fault);
  EXPECT_EQ(fdReaddir(caller(), kDir, buffer, 64, 0, TestMemory::kSize), Errno::Fault);
}

}  // namespace
}  // namespace wasi
