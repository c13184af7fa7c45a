#include "wasi/fs/sandbox_path.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <thread>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

// A sandbox `root` and files outside of it that must be unreachable:
//   outside/secret, outside/dir
//   root/file, root/dir/inner, root/dir/deep/, and the links of each test
class SandboxPathTest : public testing::TestWithParam<Walk> {
 protected:
  SandboxPathTest() {
    base_.makeDirectory("outside");
    base_.makeDirectory("outside/dir");
    base_.write("outside/secret", "secret");
    base_.makeDirectory("root");
    base_.write("root/file", "file");
    base_.makeDirectory("root/dir");
    base_.makeDirectory("root/dir/deep");
    base_.write("root/dir/inner", "inner");
    root_ = HostFd(::open((base_ / "root").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    CHECK(root_.valid());
  }

  Beneath root() const { return {GetParam(), root_.get()}; }

  // Returns the content of a file, or the name of the errno.
  std::string contents(std::string_view path, int flags = O_RDONLY) {
    auto opened = openBeneath(root(), path, flags);
    if (!opened.ok()) return errnoName(opened.error());
    char text[16];
    ssize_t size = ::read(opened.value().get(), text, sizeof text);
    return size >= 0 ? std::string(text, static_cast<size_t>(size)) : std::strerror(errno);
  }
  Errno errorOf(std::string_view path, int flags = O_RDONLY, mode_t mode = 0) {
    auto opened = openBeneath(root(), path, flags, mode);
    return opened.ok() ? Errno::Success : opened.error();
  }

  TempDirectory base_;
  HostFd root_;
};

INSTANTIATE_TEST_SUITE_P(Walks, SandboxPathTest, testing::Values(Walk::Kernel, Walk::Manual),
                         walkName);

TEST_P(SandboxPathTest, PathsInsideAreOpened) {
  for (const char* path : {"file", "./file", "dir/../file", "dir/deep/../../file", ".//file",
                           "dir/.././file", "dir//deep///..//../file"}) {
    EXPECT_EQ(contents(path), "file") << path;
  }
  EXPECT_EQ(contents("dir/inner"), "inner");
}

TEST_P(SandboxPathTest, NothingAboveTheRoot) {
  for (const char* path : {"..", "../", "../outside/secret", "dir/../../outside/secret", "./..",
                           "dir/deep/../../..", "../root/file", "/", "/etc/passwd", "//"}) {
    EXPECT_EQ(errorOf(path), Errno::Perm) << path;
  }
  EXPECT_EQ(errorOf(base_ / "root/file"), Errno::Perm);
}

TEST_P(SandboxPathTest, LinksInsideAreFollowed) {
  base_.makeLink("dir/inner", "root/link");
  base_.makeLink("../file", "root/dir/up");
  base_.makeLink("dir", "root/dirlink");
  base_.makeLink("link", "root/linklink");
  base_.makeLink("dir/deep/", "root/slashed");
  EXPECT_EQ(contents("link"), "inner");
  EXPECT_EQ(contents("dir/up"), "file");
  EXPECT_EQ(contents("dirlink/up"), "file");
  EXPECT_EQ(contents("linklink"), "inner");
  EXPECT_EQ(contents("dirlink/../file"), "file");
  EXPECT_EQ(contents("slashed/../inner"), "inner");
}

TEST_P(SandboxPathTest, LinksOutAreRefused) {
  base_.makeLink("../outside/secret", "root/up");
  base_.makeLink("../outside", "root/updir");
  base_.makeLink("../../outside/secret", "root/dir/up");
  base_.makeLink(base_ / "outside/secret", "root/absolute");
  base_.makeLink(base_ / "root/file", "root/absolute-inside");
  base_.makeLink("/", "root/slash");
  base_.makeLink("up", "root/indirect");
  for (const char* path : {"up", "updir/secret", "updir/", "updir/dir/..", "dir/up", "absolute",
                           "absolute-inside", "slash", "slash/etc", "indirect", "dir/../up"}) {
    EXPECT_EQ(errorOf(path), Errno::Perm) << path;
  }
}

TEST_P(SandboxPathTest, LinksOutAreLinksWhenNotFollowed) {
  base_.makeLink("../outside/dir", "root/up");
  EXPECT_EQ(errorOf("up", O_RDONLY | O_NOFOLLOW), Errno::Loop);
  EXPECT_EQ(errorOf("up", O_PATH | O_NOFOLLOW), Errno::Success);
  // With a slash the path names the directory that is the target of the link.
  EXPECT_EQ(errorOf("up/", O_PATH | O_NOFOLLOW), Errno::Perm);
  EXPECT_EQ(errorOf("up//", O_RDONLY | O_NOFOLLOW), Errno::Perm);
  EXPECT_EQ(errorOf("up/.", O_RDONLY | O_NOFOLLOW), Errno::Perm);
}

TEST_P(SandboxPathTest, TrailingSlashesWantDirectories) {
  base_.makeLink("file", "root/filelink");
  base_.makeLink("dir", "root/dirlink");
  EXPECT_EQ(errorOf("file/"), Errno::NotDir);
  EXPECT_EQ(errorOf("file/."), Errno::NotDir);
  EXPECT_EQ(errorOf("file/.."), Errno::NotDir);
  EXPECT_EQ(errorOf("filelink/"), Errno::NotDir);
  EXPECT_EQ(errorOf("dir///", O_RDONLY | O_DIRECTORY), Errno::Success);
  EXPECT_EQ(errorOf("dirlink/", O_RDONLY | O_NOFOLLOW), Errno::Success);
  EXPECT_EQ(errorOf("missing/"), Errno::NoEnt);
}

TEST_P(SandboxPathTest, CreationThroughDanglingLinksStaysInside) {
  base_.makeLink("dir/new", "root/dangling");
  base_.makeLink("../outside/new", "root/escaping");
  EXPECT_EQ(errorOf("dangling"), Errno::NoEnt);
  EXPECT_EQ(errorOf("escaping"), Errno::Perm);
  EXPECT_EQ(errorOf("escaping", O_CREAT | O_WRONLY, 0666), Errno::Perm);
  EXPECT_FALSE(base_.exists("outside/new"));
  EXPECT_EQ(errorOf("dangling", O_CREAT | O_EXCL | O_WRONLY, 0666), Errno::Exist);
  EXPECT_EQ(errorOf("dangling", O_CREAT | O_WRONLY | O_NOFOLLOW, 0666), Errno::Loop);
  EXPECT_FALSE(base_.exists("root/dir/new"));
  EXPECT_EQ(errorOf("dangling", O_CREAT | O_WRONLY, 0666), Errno::Success);
  EXPECT_TRUE(base_.exists("root/dir/new"));
}

TEST_P(SandboxPathTest, CreationNeedsAName) {
  for (const char* path : {"new/", ".", "dir/.", "dir/", "dir/.."}) {
    EXPECT_EQ(errorOf(path, O_CREAT | O_WRONLY, 0666), Errno::IsDir) << path;
  }
  EXPECT_EQ(errorOf(".."), Errno::Perm);
  EXPECT_FALSE(base_.exists("root/new"));
}

TEST_P(SandboxPathTest, EndlessLinksEnd) {
  base_.makeLink("self", "root/self");
  base_.makeLink("b", "root/a");
  base_.makeLink("a", "root/b");
  EXPECT_EQ(errorOf("self"), Errno::Loop);
  EXPECT_EQ(errorOf("a/x"), Errno::Loop);
  EXPECT_EQ(errorOf("self", O_RDONLY | O_DIRECTORY), Errno::Loop);
}

TEST_P(SandboxPathTest, BadPathsAreRefused) {
  EXPECT_EQ(errorOf(""), Errno::NoEnt);
  EXPECT_EQ(errorOf("missing/file"), Errno::NoEnt);
  EXPECT_EQ(errorOf("file/inner"), Errno::NotDir);
  EXPECT_EQ(errorOf(std::string(256, 'x')), Errno::NameTooLong);
  EXPECT_EQ(errorOf(std::string(1 << 20, 'x')), Errno::NameTooLong);
}

TEST_P(SandboxPathTest, MagicLinksAreNotFollowed) {
  HostFd proc(::open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  ASSERT_TRUE(proc.valid());
  for (const char* path : {"root", "cwd", "exe", "root/etc/passwd"}) {
    auto opened = openBeneath({GetParam(), proc.get()}, path, O_PATH);
    EXPECT_FALSE(opened.ok()) << path;
  }
}

TEST_P(SandboxPathTest, DescriptorsAreNotInherited) {
  auto opened = openBeneath(root(), "file", O_RDONLY);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(::fcntl(opened.value().get(), F_GETFD), FD_CLOEXEC);
}

TEST_P(SandboxPathTest, ADirectoryMovedOutLeadsNowhere) {
  auto deep = openBeneath(root(), "dir/deep", O_PATH | O_DIRECTORY);
  ASSERT_TRUE(deep.ok());
  ASSERT_EQ(::rename((base_ / "root/dir/deep").c_str(), (base_ / "outside/deep").c_str()), 0);
  Beneath moved{GetParam(), deep.value().get()};
  EXPECT_EQ(openBeneath(moved, "../secret", O_RDONLY).error(), Errno::Perm);
  EXPECT_EQ(errorOf("dir/deep/../../secret"), Errno::NoEnt);
}

// A TOCTOU race: one thread exchanges a directory with a link to the outside again and again, while
// another opens files through it.
TEST_P(SandboxPathTest, ASwappedDirectoryNeverLeadsOut) {
  base_.makeDirectory("root/swap");
  base_.write("root/swap/secret", "decoy");
  base_.makeLink("../outside", "root/evil");
  std::string swap = base_ / "root/swap";
  std::string evil = base_ / "root/evil";
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    while (!done) ::renameat2(AT_FDCWD, swap.c_str(), AT_FDCWD, evil.c_str(), RENAME_EXCHANGE);
  });
  int inside = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string found = contents(i % 2 == 0 ? "swap/secret" : "swap/../swap/secret");
    ASSERT_NE(found, "secret");
    if (found == "decoy") ++inside;
  }
  done = true;
  swapper.join();
  EXPECT_GT(inside, 0);
}

struct Located {
  Errno error = Errno::Success;
  std::string name;
  ino_t directory = 0;
};

Located describe(Expected<Place, Errno> place) {
  if (!place.ok()) return {place.error()};
  struct stat status;
  CHECK(::fstat(place.value().directory(), &status) == 0);
  return {Errno::Success, place.value().name(), status.st_ino};
}

ino_t inodeOf(const std::string& path) {
  struct stat status;
  CHECK(::stat(path.c_str(), &status) == 0);
  return status.st_ino;
}

TEST_P(SandboxPathTest, LocateFindsTheDirectoryAndTheName) {
  base_.makeLink("dir", "root/dirlink");
  ino_t top = inodeOf(base_ / "root");
  ino_t dir = inodeOf(base_ / "root/dir");
  struct {
    const char* path;
    const char* name;
    ino_t directory;
  } cases[] = {{"new", "new", top},
               {"dir/new", "new", dir},
               {"dirlink/new", "new", dir},
               {"dirlink", "dirlink", top},
               {"dirlink//", "dirlink/", top},
               {"dir/deep/../new///", "new/", dir},
               {"dir/.", ".", dir},
               {"dir/deep/..", ".", dir},
               {".", ".", top},
               {"./", "./", top}};
  for (const auto& each : cases) {
    Located found = describe(locate(root(), each.path));
    EXPECT_EQ(found.error, Errno::Success) << each.path;
    EXPECT_EQ(found.name, each.name) << each.path;
    EXPECT_EQ(found.directory, each.directory) << each.path;
  }
}

TEST_P(SandboxPathTest, LocateRefusesWhatLeadsOut) {
  base_.makeLink("../outside", "root/updir");
  for (const char* path :
       {"..", "../x", "/", "/x", "updir/x", "dir/../..", "dir/../../x", "updir/dir/.."}) {
    EXPECT_EQ(locate(root(), path).error(), Errno::Perm) << path;
  }
  EXPECT_EQ(locate(root(), "").error(), Errno::NoEnt);
  EXPECT_EQ(locate(root(), "missing/x").error(), Errno::NoEnt);
  EXPECT_EQ(locate(root(), "file/x").error(), Errno::NotDir);
  EXPECT_EQ(locate(root(), std::string(256, 'x')).error(), Errno::NameTooLong);
}

TEST_P(SandboxPathTest, LocateTargetGoesThroughLinks) {
  base_.makeLink("dir/inner", "root/link");
  base_.makeLink("../link", "root/dir/back");
  base_.makeLink("../outside/secret", "root/up");
  base_.makeLink(base_ / "root/file", "root/absolute");
  base_.makeLink("self", "root/self");
  base_.makeLink("dir/nothing", "root/dangling");
  Located found = describe(locateTarget(root(), "dir/back"));
  EXPECT_EQ(found.name, "inner");
  EXPECT_EQ(found.directory, inodeOf(base_ / "root/dir"));
  EXPECT_EQ(describe(locateTarget(root(), "dangling")).name, "nothing");
  EXPECT_EQ(describe(locateTarget(root(), "file")).name, "file");
  EXPECT_EQ(locateTarget(root(), "up").error(), Errno::Perm);
  EXPECT_EQ(locateTarget(root(), "absolute").error(), Errno::Perm);
  EXPECT_EQ(locateTarget(root(), "self").error(), Errno::Loop);
}

// Installs a seccomp filter with which openat2 fails with `error` in this process.
void forbidOpenat2(int error) {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<uint32_t>(error)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program{std::size(code), code};
  CHECK(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  CHECK(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

TEST(SandboxPath, WithoutOpenat2WeWalk) {
  TempDirectory files;
  files.write("file", "text");
  for (int error : {ENOSYS, EPERM}) {
    pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      forbidOpenat2(error);
      HostFd root(::open(files.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      bool good = supportedWalk() == Walk::Manual &&
                  openBeneath({Walk::Kernel, root.get()}, "file", O_RDONLY).ok() &&
                  openBeneath({Walk::Kernel, root.get()}, "../x", O_RDONLY).error() == Errno::Perm;
      ::_exit(good ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0) << "openat2 fails with " << error;
  }
}

TEST(SandboxPath, PlainNames) {
  EXPECT_TRUE(isPlainName("a"));
  EXPECT_TRUE(isPlainName("."));
  EXPECT_TRUE(isPlainName("..."));
  for (const char* path : {"", "..", "/", "a/", "a/b", "/a"}) EXPECT_FALSE(isPlainName(path));
}

}  // namespace
}  // namespace wasi
