// Regression tests for vulnerabilities and bugs that implementations of WASI have had, with both
// implementations of path resolution. Each hostile path is passed to every call that takes a path,
// which must fail without an effect.
#include <sys/mman.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <set>
#include <thread>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

// Returns the last component of a directory's path. Temporary directories have the same parent, so
// "../" and this name is the path from one to another.
std::string lastName(const TempDirectory& directory) {
  return directory.path().substr(directory.path().rfind('/') + 1);
}

// The directory `files` contains, besides the files of each test:
//   file, dir/inner, link -> dir, dir/link -> deep, dir/deep/, filelink -> file
class KnownHolesTest : public WalkTest {
 protected:
  KnownHolesTest() {
    files.write("file", "text");
    files.makeDirectory("dir");
    files.makeDirectory("dir/deep");
    files.write("dir/inner", "inner");
    files.makeLink("dir", "link");
    files.makeLink("deep", "dir/link");
    files.makeLink("file", "filelink");
  }

  // Makes each call that takes a path, with `path` as each of its paths in turn. Returns the errno
  // values.
  std::vector<std::pair<std::string, Errno>> callAll(std::string_view path) {
    memory = TestMemory(32 << 20);
    std::string target;
    return {
        {"path_open", tryOpen(kDir, path)},
        {"path_open, creating",
         tryOpen(kDir, path, {.oflags = oflag::Creat | oflag::Excl, .rights = kReadWrite})},
        {"path_open, truncating",
         tryOpen(kDir, path, {.oflags = oflag::Trunc, .rights = kReadWrite})},
        {"path_filestat_get", tryStat(path)},
        {"path_filestat_get, not following", tryStat(path, 0)},
        {"path_filestat_set_times", setTimes(kDir, path, 0, 0, fstflag::Mtim)},
        {"path_create_directory", onPath(pathCreateDirectory, kDir, path)},
        {"path_remove_directory", onPath(pathRemoveDirectory, kDir, path)},
        {"path_unlink_file", onPath(pathUnlinkFile, kDir, path)},
        {"path_readlink", readlink(path, 64, target)},
        {"path_symlink", symlink("x", kDir, path)},
        {"path_link, from", link(kDir, path, kDir, "made")},
        {"path_link, from, following", link(kDir, path, kDir, "made", lookupflag::SymlinkFollow)},
        {"path_link, to", link(kDir, "file", kDir, path)},
        {"path_rename, from", rename(kDir, path, kDir, "made")},
        {"path_rename, to", rename(kDir, "file", kDir, path)}};
  }
  void expectAll(std::string_view path, Errno expected) {
    for (const auto& [call, error] : callAll(path)) {
      EXPECT_EQ(error, expected) << call << " of " << path.substr(0, 64);
    }
    EXPECT_TRUE(files.exists("file"));
    EXPECT_FALSE(files.exists("made"));
  }
};
INSTANTIATE_TEST_SUITE_P(Walks, KnownHolesTest, testing::Values(Walk::Kernel, Walk::Manual),
                         walkName);

TEST_P(KnownHolesTest, NoCallLeavesTheDirectory) {
  TempDirectory outside;
  outside.write("secret", "secret");
  files.makeLink(outside.path(), "absolute");
  files.makeLink("..", "up");
  files.makeLink("../" + lastName(outside), "beside");
  files.makeLink("/", "root");
  const std::vector<std::string> paths = {outside / "secret",
                                          outside / "new",
                                          "absolute/secret",
                                          "absolute/new",
                                          "up/x",
                                          "beside/secret",
                                          "beside/new",
                                          "root" + outside.path() + "/secret",
                                          "dir/../../" + lastName(outside) + "/secret",
                                          "dir/deep/../../../x",
                                          "dir/link/../../../x",
                                          "link/../../x",
                                          "/",
                                          "//file",
                                          "../" + lastName(files) + "/file"};
  for (const std::string& path : paths) {
    expectAll(path, Errno::Perm);
  }
  EXPECT_EQ(outside.read("secret"), "secret");
  EXPECT_FALSE(outside.exists("new"));
}

TEST_P(KnownHolesTest, PathsThatAreNoneAreRefusedByEveryCall) {
  expectAll(std::string_view("file\0", 5), Errno::Inval);
  expectAll(std::string_view("\0file", 5), Errno::Inval);
  expectAll(std::string_view("dir\0/../file", 12), Errno::Inval);
  expectAll("fil\xe9", Errno::Ilseq);
  expectAll("\xed\xa0\x80", Errno::Ilseq);
  expectAll(std::string(1 << 20, 'x'), Errno::NameTooLong);
  std::string dots;
  while (dots.size() < 1 << 20) dots += "dir/../";
  expectAll(dots + "file", Errno::NameTooLong);
  expectAll(std::string(256, 'x'), Errno::NameTooLong);
  expectAll("", Errno::NoEnt);
}

TEST_P(KnownHolesTest, LongPathsOfShortNamesWork) {
  std::string path;
  while (path.size() < 4000) path += "dir/../";
  EXPECT_EQ(read(mustOpen(path + "file"), 8), "text");
  EXPECT_EQ(tryStat(path + "filelink"), Errno::Success);
}

TEST_P(KnownHolesTest, TrailingSlashesOfLinks) {
  Filestat dir;
  Filestat deep;
  ASSERT_EQ(stat(kDir, "dir", 0, dir), Errno::Success);
  ASSERT_EQ(stat(kDir, "dir/deep", 0, deep), Errno::Success);
  struct {
    const char* path;
    uint64_t inode;
  } cases[] = {{"link/", dir.inode},         {"link//", dir.inode},       {"dir/link/", deep.inode},
               {"dir/link/..", dir.inode},   {"link/link/", deep.inode},  {"link/.", dir.inode},
               {"link/link/../", dir.inode}, {"dir/link/../.", dir.inode}};
  for (const auto& each : cases) {
    for (uint32_t lookup : {0u, lookupflag::SymlinkFollow}) {
      Filestat found{};
      EXPECT_EQ(stat(kDir, each.path, lookup, found), Errno::Success) << each.path;
      EXPECT_EQ(found.inode, each.inode) << each.path;
      EXPECT_EQ(tryOpen(kDir, each.path, {.oflags = oflag::Directory, .lookup = lookup}),
                Errno::Success)
          << each.path;
    }
  }
  for (const char* path : {"file/", "file//", "filelink/", "filelink//", "filelink/."}) {
    EXPECT_EQ(tryOpen(kDir, path), Errno::NotDir) << path;
    EXPECT_EQ(tryStat(path), Errno::NotDir) << path;
    EXPECT_EQ(onPath(pathUnlinkFile, kDir, path), Errno::NotDir) << path;
    EXPECT_EQ(onPath(pathRemoveDirectory, kDir, path), Errno::NotDir) << path;
    EXPECT_EQ(rename(kDir, path, kDir, "made"), Errno::NotDir) << path;
  }
  EXPECT_EQ(rename(kDir, "file", kDir, "made/"), Errno::NotDir);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "link/"), Errno::NotDir);
  EXPECT_TRUE(files.exists("link"));
}

TEST_P(KnownHolesTest, CreationThroughDanglingLinks) {
  TempDirectory outside;
  files.makeLink(outside / "new", "absolute");
  files.makeLink("../../" + lastName(outside) + "/new", "dir/relative");
  files.makeLink("dir/new", "inside");
  constexpr OpenOptions kCreate{.oflags = oflag::Creat | oflag::Trunc, .rights = kReadWrite};
  EXPECT_EQ(tryOpen(kDir, "absolute", kCreate), Errno::Perm);
  EXPECT_EQ(tryOpen(kDir, "dir/relative", kCreate), Errno::Perm);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "inside", kCreate), Errno::Rofs);
  EXPECT_FALSE(files.exists("dir/new"));
  EXPECT_EQ(tryOpen(kDir, "inside", kCreate), Errno::Success);
  EXPECT_TRUE(files.exists("dir/new"));
  EXPECT_FALSE(outside.exists("new"));
}

TEST_P(KnownHolesTest, AReadOnlyPreopenRefusesEveryWayToWrite) {
  files.write("other", "other");
  Rights all = kAllRights;
  for (uint32_t oflags : {0u, oflag::Trunc, oflag::Creat, oflag::Creat | oflag::Trunc}) {
    EXPECT_EQ(tryOpen(kReadOnlyDir, "file", {.oflags = oflags, .rights = all}), Errno::Rofs);
  }
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file", {.oflags = oflag::Trunc, .rights = right::FdRead}),
            Errno::Rofs);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "filelink", {.oflags = oflag::Trunc}), Errno::Rofs);
  EXPECT_EQ(onPath(pathCreateDirectory, kReadOnlyDir, "made"), Errno::Rofs);
  EXPECT_EQ(onPath(pathRemoveDirectory, kReadOnlyDir, "dir/deep"), Errno::Rofs);
  EXPECT_EQ(onPath(pathUnlinkFile, kReadOnlyDir, "file"), Errno::Rofs);
  EXPECT_EQ(symlink("file", kReadOnlyDir, "made"), Errno::Rofs);
  EXPECT_EQ(setTimes(kReadOnlyDir, "file", 0, 0, fstflag::Mtim), Errno::Rofs);
  for (auto [from, to] : {std::pair(kReadOnlyDir, kDir), std::pair(kDir, kReadOnlyDir),
                          std::pair(kReadOnlyDir, kReadOnlyDir)}) {
    EXPECT_EQ(rename(from, "file", to, "made"), Errno::Rofs);
    EXPECT_EQ(rename(from, "file", to, "other"), Errno::Rofs);
    EXPECT_EQ(link(from, "file", to, "made"), Errno::Rofs);
    EXPECT_EQ(link(from, "filelink", to, "made", lookupflag::SymlinkFollow), Errno::Rofs);
  }
  uint32_t file = 0;
  ASSERT_EQ(open(kReadOnlyDir, "file", {}, file), Errno::Success);
  EXPECT_EQ(write(file, "x"), Errno::NotCapable);
  EXPECT_EQ(fdPwrite(caller(), file, 0, 0, 0, 0), Errno::NotCapable);
  EXPECT_EQ(fdFilestatSetSize(caller(), file, 0), Errno::NotCapable);
  EXPECT_EQ(fdAllocate(caller(), file, 0, 8), Errno::NotCapable);
  EXPECT_EQ(fdFilestatSetTimes(caller(), file, 0, 0, fstflag::Mtim), Errno::NotCapable);
  EXPECT_EQ(fdFilestatSetTimes(caller(), kReadOnlyDir, 0, 0, fstflag::Mtim), Errno::NotCapable);
  EXPECT_EQ(files.read("file"), "text");
  EXPECT_EQ(files.read("other"), "other");
  EXPECT_FALSE(files.exists("made"));
}

TEST_P(KnownHolesTest, ADirectoryWithFewerRightsIsNoWayAround) {
  files.write("dir/new", "new");
  constexpr Rights kNoWriting = kAllRights & ~(right::FdWrite | right::PathFilestatSetSize);
  uint32_t dir =
      mustOpen("dir", {.rights = kNoWriting & ~right::PathLinkSource & ~right::PathRenameSource,
                       .inheriting = kNoWriting});
  // A file that cannot be opened for writing through `dir` cannot be moved or linked to a directory
  // through which it could be.
  EXPECT_EQ(tryOpen(dir, "inner", {.rights = kReadWrite, .inheriting = 0}), Errno::NotCapable);
  EXPECT_EQ(
      tryOpen(dir, "inner", {.oflags = oflag::Trunc, .rights = right::FdRead, .inheriting = 0}),
      Errno::NotCapable);
  EXPECT_EQ(link(dir, "inner", kDir, "made"), Errno::NotCapable);
  EXPECT_EQ(rename(dir, "inner", kDir, "made"), Errno::NotCapable);
  uint32_t deep = 0;
  ASSERT_EQ(open(dir, "deep", {.rights = kNoWriting, .inheriting = kNoWriting}, deep),
            Errno::Success);
  EXPECT_EQ(tryOpen(deep, "x", {.oflags = oflag::Creat, .rights = kReadWrite, .inheriting = 0}),
            Errno::NotCapable);
  EXPECT_EQ(tryOpen(deep, "../inner", {.rights = right::FdRead, .inheriting = 0}), Errno::Perm);
}

// A TOCTOU race: one thread exchanges a directory with a link to the outside again and again, while
// another creates, links, renames and removes files through it.
TEST_P(KnownHolesTest, NothingIsDoneBehindASwappedDirectory) {
  TempDirectory outside;
  outside.write("inner", "outside");
  files.makeLink(outside.path(), "evil");
  std::string swap = files / "dir";
  std::string evil = files / "evil";
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    while (!done) ::renameat2(AT_FDCWD, swap.c_str(), AT_FDCWD, evil.c_str(), RENAME_EXCHANGE);
  });
  constexpr OpenOptions kCreate{.oflags = oflag::Creat | oflag::Trunc, .rights = kReadWrite};
  int successes = 0;
  for (int i = 0; i < 20'000; ++i) {
    memory.reset();
    Errno errors[] = {tryOpen(kDir, "dir/new", kCreate), link(kDir, "file", kDir, "dir/second"),
                      rename(kDir, "dir/second", kDir, "dir/third"),
                      onPath(pathUnlinkFile, kDir, "dir/third"),
                      setTimes(kDir, "dir/inner", 0, 0, fstflag::Mtim)};
    for (Errno error : errors) successes += error == Errno::Success;
  }
  done = true;
  swapper.join();
  EXPECT_GT(successes, 0);
  EXPECT_EQ(outside.read("inner"), "outside");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(outside.path()), {}), 1);
  struct stat status;
  ASSERT_EQ(::stat((outside / "inner").c_str(), &status), 0);
  EXPECT_NE(status.st_mtim.tv_sec, 0);
}

class KnownFdHolesTest : public CallTest {
 protected:
  Errno poll(uint32_t count, Address in, Address out, uint32_t& happened) {
    Address at = memory.reserve(4);
    Errno error = pollOneoff(caller(), in, out, count, at);
    happened = memory.get<uint32_t>(at);
    return error;
  }
};

TEST_F(KnownFdHolesTest, RenumberOntoStreamsPreopensAndItself) {
  uint32_t fd = mustCreate("file");
  EXPECT_EQ(fdRenumber(caller(), fd, fd), Errno::Success);
  EXPECT_EQ(write(fd, "a"), Errno::Success);
  EXPECT_EQ(fdRenumber(caller(), fd, 1), Errno::Success);
  EXPECT_EQ(write(1, "b"), Errno::Success);
  EXPECT_EQ(write(fd, "c"), Errno::Badf);
  EXPECT_EQ(fdRenumber(caller(), 1, kReadOnlyDir), Errno::Success);
  EXPECT_EQ(write(kReadOnlyDir, "d"), Errno::Success);
  EXPECT_EQ(fdPrestatGet(caller(), kReadOnlyDir, memory.reserve(8)), Errno::Badf);
  EXPECT_EQ(fdRenumber(caller(), kDir, 0), Errno::Success);
  EXPECT_EQ(fdPrestatGet(caller(), 0, memory.reserve(8)), Errno::Success);
  EXPECT_EQ(fdRenumber(caller(), 0, 0xffffffff), Errno::Badf);
  EXPECT_EQ(fdRenumber(caller(), 0, 1), Errno::Badf);
  EXPECT_EQ(files.read("file"), "abd");
}

TEST_F(KnownFdHolesTest, OnOpenFilesSizesOf2To63AreRefused) {
  uint32_t fd = mustCreate("file");
  EXPECT_EQ(write(fd, "text"), Errno::Success);
  constexpr uint64_t kHuge = uint64_t{1} << 63;
  for (uint64_t size : {kHuge, kHuge + 1, UINT64_MAX}) {
    EXPECT_EQ(fdFilestatSetSize(caller(), fd, size), Errno::Inval);
    EXPECT_EQ(fdAllocate(caller(), fd, 0, size), Errno::Inval);
    EXPECT_EQ(fdAllocate(caller(), fd, size, 1), Errno::Inval);
  }
  EXPECT_NE(fdFilestatSetSize(caller(), fd, kHuge - 1), Errno::Success);
  EXPECT_NE(fdAllocate(caller(), fd, kHuge - 1, kHuge - 1), Errno::Success);
  EXPECT_EQ(files.read("file"), "text");
}

TEST_F(KnownFdHolesTest, PollOfAHundredThousand) {
  constexpr uint32_t kCount = 100'000;
  memory = TestMemory(16 << 20);
  files.write("file", "text");
  Subscription file{};
  file.tag = static_cast<uint8_t>(EventType::FdRead);
  file.fd = mustOpen("file");
  Subscription clock{};
  clock.clock.id = static_cast<uint32_t>(ClockId::Monotonic);
  Address in = memory.reserve(0);
  for (uint32_t i = 0; i < kCount; ++i) {
    file.userdata = clock.userdata = i;
    memory.putValue(i % 2 == 0 ? file : clock);
  }
  Address out = memory.reserve(kCount * sizeof(Event));
  uint32_t happened = 0;
  EXPECT_EQ(poll(kCount, in, out, happened), Errno::Success);
  ASSERT_EQ(happened, kCount);
  for (uint32_t i = 0; i < kCount; ++i) {
    ASSERT_EQ(memory.get<Event>(out + i * sizeof(Event)).userdata, i);
  }
  // Events that overwrite subscriptions fail, since there are too many to copy. From the same
  // address on, they need no copy.
  EXPECT_EQ(poll(kCount, in, in + 8, happened), Errno::Inval);
  EXPECT_EQ(poll(kCount, in, in, happened), Errno::Success);
  EXPECT_EQ(happened, kCount);
}

TEST_F(KnownFdHolesTest, EventsWhereverTheyOverlapTheSubscriptions) {
  files.write("file", "text");
  uint32_t fd = mustOpen("file");
  constexpr uint32_t kCount = 20;
  for (uint32_t shift : {0u, 8u, 32u, 40u, 48u, 200u, 47u * 20u, 400u}) {
    memory.reset();
    memory.reserve(1024);
    Address in = memory.reserve(0);
    for (uint32_t i = 0; i < kCount; ++i) {
      Subscription each{};
      each.userdata = 1000 + i;
      each.tag = static_cast<uint8_t>(EventType::FdRead);
      each.fd = fd;
      memory.putValue(each);
    }
    memory.reserve(2048);
    for (Address out : {in + shift, in - shift}) {
      uint32_t happened = 0;
      ASSERT_EQ(poll(kCount, in, out, happened), Errno::Success) << shift;
      ASSERT_EQ(happened, kCount);
      for (uint32_t i = 0; i < kCount; ++i) {
        EXPECT_EQ(memory.get<Event>(out + i * sizeof(Event)).userdata, 1000 + i) << shift;
      }
      if (out + kCount * sizeof(Event) > in) break;  // the subscriptions are overwritten
    }
  }
}

TEST_F(KnownFdHolesTest, ClosedWhilePolled) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  HostFd near(ends[0]);
  HostFd far(ends[1]);
  auto built = ContextBuilder().socket(near.get()).build();
  ASSERT_TRUE(built.ok());
  context = std::move(built).value();
  Subscription read{};
  read.tag = static_cast<uint8_t>(EventType::FdRead);
  read.fd = 3;
  Address in = memory.putValue(read);
  Address out = memory.reserve(sizeof(Event));
  // The peer closes its end during the wait.
  std::thread closer([&] { far = HostFd(); });
  uint32_t happened = 0;
  EXPECT_EQ(poll(1, in, out, happened), Errno::Success);
  closer.join();
  EXPECT_EQ(happened, 1u);
  EXPECT_EQ(memory.get<Event>(out).flags, eventflag::Hangup);
  // The guest closes its end and waits for it again.
  EXPECT_EQ(fdClose(caller(), 3), Errno::Success);
  EXPECT_EQ(poll(1, in, out, happened), Errno::Success);
  EXPECT_EQ(happened, 1u);
  EXPECT_EQ(static_cast<Errno>(memory.get<Event>(out).error), Errno::Badf);
}

TEST_F(KnownFdHolesTest, StaleCookiesAndTinyBuffersEnd) {
  for (int i = 0; i < 20; ++i) files.write("file" + std::to_string(i), "");
  memory.fill(0xee);
  Address buffer = memory.reserve(4096);
  Address used = memory.reserve(4);
  for (uint64_t cookie : {uint64_t{1}, uint64_t{21}, uint64_t{22}, uint64_t{23}, uint64_t{1} << 32,
                          uint64_t{1} << 63, UINT64_MAX}) {
    for (uint32_t size : {0u, 1u, 23u, 24u, 4096u}) {
      ASSERT_EQ(fdReaddir(caller(), kDir, buffer, size, cookie, used), Errno::Success);
      uint32_t got = memory.get<uint32_t>(used);
      EXPECT_LE(got, size);
      EXPECT_EQ(got == 0, size == 0 || cookie >= 22) << cookie << " " << size;
    }
  }
  // The entries after the cookie have been removed.
  ASSERT_EQ(fdReaddir(caller(), kDir, buffer, 200, 0, used), Errno::Success);
  uint64_t cookie = memory.get<Dirent>(buffer).next;
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(::unlink((files / ("file" + std::to_string(i))).c_str()), 0);
  }
  ASSERT_EQ(fdReaddir(caller(), kDir, buffer, 4096, cookie, used), Errno::Success);
  EXPECT_LT(memory.get<uint32_t>(used), 4096u);
}

// With a memory of 4 GiB, every address is valid, and sums of address and size exceed 32 bits. Only
// few of its pages are touched.
TEST(KnownMemoryHolesTest, TheLastBytesOf4GiB) {
  constexpr uint64_t kSize = uint64_t{1} << 32;
  void* base = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  ASSERT_NE(base, MAP_FAILED) << "no room for 4 GiB of addresses";
  auto built = ContextBuilder().argument("program").build();
  ASSERT_TRUE(built.ok());
  abi::MemoryDef memory{static_cast<uint8_t*>(base), kSize};
  Caller caller{};
  caller.env = built->get();
  caller.memory = &memory;
  Guest guest = guestOf(&caller);
  constexpr Address kLast = 0xffffffff;
  EXPECT_EQ(guest.write<uint8_t>(kLast, 7), Errno::Success);
  EXPECT_EQ(guest.write<uint16_t>(kLast, 7), Errno::Fault);
  EXPECT_EQ(clockTimeGet(&caller, 0, 0, kLast - 7), Errno::Success);
  EXPECT_EQ(clockTimeGet(&caller, 0, 0, kLast - 6), Errno::Fault);
  EXPECT_EQ(randomGet(&caller, kLast - 15, 16), Errno::Success);
  EXPECT_EQ(randomGet(&caller, kLast - 15, 17), Errno::Fault);
  EXPECT_EQ(argsGet(&caller, kLast - 3, kLast - 7), Errno::Success);
  EXPECT_EQ(argsGet(&caller, kLast - 3, kLast - 6), Errno::Fault);
  EXPECT_EQ(argsGet(&caller, kLast - 2, 0), Errno::Fault);
  // An array of Iovec that ends with the memory, and one that would continue at address 0.
  EXPECT_EQ(guest.write(kLast - 7, Iovec{kLast, 1}), Errno::Success);
  EXPECT_EQ(fdWrite(&caller, 1, kLast - 7, 1, 0), Errno::Success);
  EXPECT_EQ(fdWrite(&caller, 1, kLast - 7, 2, 0), Errno::Fault);
  EXPECT_EQ(guest.write(kLast - 7, Iovec{kLast, 2}), Errno::Success);
  EXPECT_EQ(fdWrite(&caller, 1, kLast - 7, 1, 0), Errno::Fault);
  for (uint32_t count : {0xffffffffu, 0x20000000u, 0x20000001u}) {
    EXPECT_EQ(fdRead(&caller, 0, 8, count, 0), Errno::Fault) << count;
    EXPECT_EQ(pollOneoff(&caller, 8, 0, count, 0), Errno::Fault) << count;
  }
  ::munmap(base, kSize);
}

}  // namespace
}  // namespace wasi
