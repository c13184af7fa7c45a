#include "wasi/known_parent.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <atomic>
#include <iterator>
#include <thread>

#include "wasi/calls_testing.h"

namespace wasi {
namespace {

// Often enough for the directory to be held.
constexpr uint64_t kOften = 2 * KnownParent::kWorthwhile;

// `files` has a/b/file and other/file, which is longer. Whatever the host does, path_filestat_get
// answers as if it walked the path every time.
class KnownParentTest : public WalkTest {
 protected:
  KnownParentTest() {
    files.makeDirectory("a");
    files.makeDirectory("a/b");
    files.write("a/b/file", "1");
    files.makeDirectory("other");
    files.write("other/file", "longer");
  }
  // All of the many must have this size.
  void expectSize(std::string_view path, uint64_t size) {
    for (uint64_t i = 0; i < kOften; ++i) {
      memory.reset();
      Filestat found{};
      EXPECT_EQ(stat(kDir, path, 0, found), Errno::Success) << path;
      EXPECT_EQ(found.size, size) << path;
    }
  }
  void expectError(std::string_view path, Errno expected) {
    for (uint64_t i = 0; i < kOften; ++i) {
      memory.reset();
      EXPECT_EQ(tryStat(path), expected) << path;
    }
  }
  void move(std::string_view from, std::string_view to) {
    ASSERT_EQ(::rename((files / from).c_str(), (files / to).c_str()), 0);
  }
};
INSTANTIATE_TEST_SUITE_P(Walks, KnownParentTest, testing::Values(Walk::Kernel, Walk::Manual),
                         walkName);

TEST_P(KnownParentTest, FilesComeAndGo) {
  expectSize("a/b/file", 1);
  files.write("a/b/file", "22");
  expectSize("a/b/file", 2);
  ASSERT_EQ(::unlink((files / "a/b/file").c_str()), 0);
  expectError("a/b/file", Errno::NoEnt);
  files.write("a/b/file", "333");
  expectSize("a/b/file", 3);
}

TEST_P(KnownParentTest, ADirectoryIsReplaced) {
  expectSize("a/b/file", 1);
  move("a/b", "away");
  expectError("a/b/file", Errno::NoEnt);
  move("other", "a/b");
  expectSize("a/b/file", 6);
}

TEST_P(KnownParentTest, ADirectoryFurtherUpIsReplaced) {
  expectSize("a/b/file", 1);
  move("a", "away");
  files.makeDirectory("a");
  move("other", "a/b");
  expectSize("a/b/file", 6);
}

TEST_P(KnownParentTest, ADirectoryIsRemovedAndMadeAgain) {
  expectSize("a/b/file", 1);
  ASSERT_EQ(::unlink((files / "a/b/file").c_str()), 0);
  ASSERT_EQ(::rmdir((files / "a/b").c_str()), 0);
  expectError("a/b/file", Errno::NoEnt);
  files.makeDirectory("a/b");
  files.write("a/b/file", "22");
  expectSize("a/b/file", 2);
}

TEST_P(KnownParentTest, AnotherTakesThePlaceOfAnEmptyOne) {
  expectSize("a/b/file", 1);
  ASSERT_EQ(::unlink((files / "a/b/file").c_str()), 0);
  expectError("a/b/file", Errno::NoEnt);
  move("other", "a/b");
  expectSize("a/b/file", 6);
}

TEST_P(KnownParentTest, ALinkTakesItsPlace) {
  expectSize("a/b/file", 1);
  move("a/b", "away");
  files.makeLink("../other", "a/b");
  expectSize("a/b/file", 6);
  ASSERT_EQ(::unlink((files / "a/b").c_str()), 0);
  files.makeLink("../..", "a/b");
  expectError("a/b/file", Errno::Perm);
}

TEST_P(KnownParentTest, LinksInItAreFollowedWhenAsked) {
  files.makeLink("../../other/file", "a/b/link");
  files.makeLink("../../../x", "a/b/out");
  for (uint64_t i = 0; i < kOften; ++i) {
    memory.reset();
    EXPECT_EQ(typeOf("a/b/link", 0), Filetype::SymbolicLink);
    EXPECT_EQ(typeOf("a/b/link", lookupflag::SymlinkFollow), Filetype::RegularFile);
    EXPECT_EQ(tryStat("a/b/out"), Errno::Perm);
    EXPECT_EQ(tryStat("a/b/out", 0), Errno::Success);
  }
}

TEST_P(KnownParentTest, OddWaysToTheSameDirectory) {
  for (const char* path : {"a/./b/file", "a//b/file", "a/b/../b/file", "./a/b/file"}) {
    expectSize(path, 1);
  }
  expectError("a/b/../../..", Errno::Perm);
  expectError("a/b/file/", Errno::NotDir);
  expectError("/a/b/file", Errno::Perm);
}

TEST_P(KnownParentTest, ItIsHeldAndLetGo) {
  KnownParent parent;
  HostFd root(::open(files.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  auto ask = [&] { return parent.find(root.get(), "a/b"); };
  for (uint64_t i = 1; i < KnownParent::kWorthwhile; ++i) EXPECT_EQ(ask(), -1);
  if (ask() < 0) GTEST_SKIP() << "directories cannot be watched in memory here";
  EXPECT_EQ(parent.find(root.get(), "other"), -1);
  for (uint64_t i = 0; i < KnownParent::kWorthwhile; ++i) ask();
  EXPECT_GE(ask(), 0);
  move("a", "c");
  EXPECT_EQ(ask(), -1);
}

// In this thread, as containers do.
void forbidIoUring() {
  sock_filter program[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                           BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
                           BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                           BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
  ASSERT_EQ(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  ASSERT_EQ(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), 0);
}

TEST_P(KnownParentTest, WithoutIoUringItIsHeldLater) {
  bool isHeld = false;
  std::thread([&] {
    forbidIoUring();
    KnownParent parent;
    HostFd root(::open(files.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    auto ask = [&] { return parent.find(root.get(), "a/b"); };
    for (uint64_t i = 1; i < KnownParent::kWorthwhileAsking; ++i) ASSERT_EQ(ask(), -1);
    isHeld = ask() >= 0 && ask() >= 0;
    move("a", "c");
    EXPECT_EQ(ask(), -1);
  }).join();
  if (!isHeld) GTEST_SKIP() << "directories cannot be watched here";
}

// A thread swaps the directory with a link that leads out, while its file is asked for.
TEST_P(KnownParentTest, NothingOutsideIsSeenWhileItIsSwapped) {
  TempDirectory outside;
  outside.write("file", "not for guests");
  files.makeLink(outside.path(), "evil");
  std::string swap = files / "a/b";
  std::string evil = files / "evil";
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    while (!done) {
      ::renameat2(AT_FDCWD, swap.c_str(), AT_FDCWD, evil.c_str(), RENAME_EXCHANGE);
      std::this_thread::yield();
    }
  });
  int inside = 0;
  for (int i = 0; i < 100'000; ++i) {
    memory.reset();
    Filestat found{};
    Errno error = stat(kDir, "a/b/file", 0, found);
    if (error != Errno::Success) continue;
    ++inside;
    ASSERT_EQ(found.size, 1u);
  }
  done = true;
  swapper.join();
  EXPECT_GT(inside, 0);
}

}  // namespace
}  // namespace wasi
