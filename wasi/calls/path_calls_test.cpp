#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class PathCallsTest : public WalkTest {
 protected:
  PathCallsTest() {
    files.write("file", "text");
    files.makeDirectory("dir");
    files.write("dir/inner", "inner");
    files.makeLink("file", "link");
    files.makeLink("dir", "dirlink");
    files.makeLink("nothing", "dangling");
    files.makeLink("..", "up");
    files.makeLink("/etc", "absolute");
  }
};
INSTANTIATE_TEST_SUITE_P(Walks, PathCallsTest, testing::Values(Walk::Kernel, Walk::Manual),
                         walkName);

TEST_P(PathCallsTest, Directories) {
  EXPECT_EQ(onPath(pathCreateDirectory, kDir, "new"), Errno::Success);
  EXPECT_EQ(onPath(pathCreateDirectory, kDir, "new/sub/"), Errno::Success);
  EXPECT_EQ(onPath(pathCreateDirectory, kDir, "dirlink/made"), Errno::Success);
  EXPECT_TRUE(files.exists("dir/made"));
  for (const char* path : {"new", "new/", "file", "dangling", ".", "dir/.."}) {
    EXPECT_EQ(onPath(pathCreateDirectory, kDir, path), Errno::Exist) << path;
  }
  EXPECT_EQ(onPath(pathCreateDirectory, kDir, "up/x"), Errno::Perm);
  EXPECT_EQ(onPath(pathCreateDirectory, kDir, "../x"), Errno::Perm);
  EXPECT_EQ(onPath(pathCreateDirectory, kDir, ".."), Errno::Perm);
  EXPECT_EQ(onPath(pathCreateDirectory, kReadOnlyDir, "x"), Errno::Rofs);

  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "new"), Errno::NotEmpty);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "new/sub//"), Errno::Success);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "new"), Errno::Success);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "new"), Errno::NoEnt);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "file/"), Errno::NotDir);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "dirlink"), Errno::NotDir);
  EXPECT_EQ(onPath(pathRemoveDirectory, kDir, "dirlink/"), Errno::NotDir);
  EXPECT_EQ(onPath(pathRemoveDirectory, kReadOnlyDir, "dir"), Errno::Rofs);
}

TEST_P(PathCallsTest, Unlink) {
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "file/"), Errno::NotDir);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "dir"), Errno::IsDir);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "dir/"), Errno::IsDir);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "dirlink/"), Errno::NotDir);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "missing"), Errno::NoEnt);
  EXPECT_EQ(onPath(pathUnlinkFile, kReadOnlyDir, "file"), Errno::Rofs);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "link"), Errno::Success);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "up"), Errno::Success);
  EXPECT_EQ(onPath(pathUnlinkFile, kDir, "dirlink/inner"), Errno::Success);
  EXPECT_TRUE(files.exists("file"));
  EXPECT_FALSE(files.exists("link"));
  EXPECT_FALSE(files.exists("dir/inner"));
}

TEST_P(PathCallsTest, StatFollowsWhenAsked) {
  constexpr uint32_t kFollow = lookupflag::SymlinkFollow;
  EXPECT_EQ(typeOf("file", 0), Filetype::RegularFile);
  EXPECT_EQ(typeOf("link", 0), Filetype::SymbolicLink);
  EXPECT_EQ(typeOf("link", kFollow), Filetype::RegularFile);
  EXPECT_EQ(typeOf("dir/../link", 0), Filetype::SymbolicLink);
  EXPECT_EQ(typeOf("dir/../link", kFollow), Filetype::RegularFile);
  EXPECT_EQ(typeOf("dirlink", kFollow), Filetype::Directory);
  EXPECT_EQ(typeOf("absolute", 0), Filetype::SymbolicLink);
  EXPECT_EQ(typeOf(".", 0), Filetype::Directory);
  EXPECT_EQ(tryStat("dangling"), Errno::NoEnt);
  EXPECT_EQ(tryStat("absolute"), Errno::Perm);
  EXPECT_EQ(tryStat("up"), Errno::Perm);
  EXPECT_EQ(tryStat(".."), Errno::Perm);
  EXPECT_EQ(tryStat("dir/../.."), Errno::Perm);
}

TEST_P(PathCallsTest, StatWithTrailingSlashesWantsADirectory) {
  EXPECT_EQ(tryStat("file/", 0), Errno::NotDir);
  EXPECT_EQ(tryStat("link/", 0), Errno::NotDir);
  EXPECT_EQ(tryStat("link//", 0), Errno::NotDir);
  EXPECT_EQ(typeOf("dirlink/", 0), Filetype::Directory);
  EXPECT_EQ(typeOf("dirlink/.", 0), Filetype::Directory);
  EXPECT_EQ(typeOf("dir/../dirlink/..", 0), Filetype::Directory);
  EXPECT_EQ(tryStat("up/", 0), Errno::Perm);
  EXPECT_EQ(tryStat("absolute/", 0), Errno::Perm);
}

TEST_P(PathCallsTest, StatLayouts) {
  struct stat host;
  ASSERT_EQ(::stat((files / "file").c_str(), &host), 0);
  Filestat now{};
  ASSERT_EQ(stat(kDir, "file", 0, now), Errno::Success);
  EXPECT_EQ(now.inode, host.st_ino);
  EXPECT_EQ(now.device, host.st_dev);
  EXPECT_EQ(now.links, 1u);
  EXPECT_EQ(now.size, 4u);

  memory.fill(0xee);
  Address path = memory.put("file");
  Address at = memory.reserve(64);
  ASSERT_EQ(unstable::pathFilestatGet(caller(), kDir, 0, path, 4, at), Errno::Success);
  auto old = memory.get<unstable::Filestat>(at);
  EXPECT_EQ(old.inode, host.st_ino);
  EXPECT_EQ(old.type, static_cast<uint8_t>(Filetype::RegularFile));
  EXPECT_EQ(old.links, 1u);
  EXPECT_EQ(old.size, 4u);
  EXPECT_EQ(old.modificationTime, now.modificationTime);
  EXPECT_EQ(memory.get<uint64_t>(at + 56), 0xeeeeeeeeeeeeeeeeu);  // writes 56 bytes only
}

TEST_P(PathCallsTest, Times) {
  constexpr uint64_t kSecond = 1'000'000'000;
  auto modified = [&](const char* name, uint32_t lookup) {
    Filestat result;
    EXPECT_EQ(stat(kDir, name, lookup, result), Errno::Success);
    return result.modificationTime;
  };
  EXPECT_EQ(setTimes(kDir, "file", 5 * kSecond + 7, 9 * kSecond + 1, fstflag::Atim | fstflag::Mtim),
            Errno::Success);
  EXPECT_EQ(modified("file", 0), 9 * kSecond + 1);
  EXPECT_EQ(setTimes(kDir, "link", 0, 11 * kSecond, fstflag::Mtim), Errno::Success);
  EXPECT_EQ(modified("file", 0), 11 * kSecond);
  EXPECT_EQ(setTimes(kDir, "link", 0, 13 * kSecond, fstflag::Mtim, 0), Errno::Success);
  EXPECT_EQ(modified("file", 0), 11 * kSecond);
  EXPECT_EQ(modified("link", 0), 13 * kSecond);
  EXPECT_EQ(setTimes(kDir, "file", 0, 0, fstflag::MtimNow), Errno::Success);
  EXPECT_GT(modified("file", 0), 13 * kSecond);

  EXPECT_EQ(setTimes(kDir, "file", 0, 0, fstflag::Mtim | fstflag::MtimNow), Errno::Inval);
  EXPECT_EQ(setTimes(kDir, "file", 0, 0, fstflag::Atim | fstflag::AtimNow), Errno::Inval);
  EXPECT_EQ(setTimes(kDir, "file", 0, 0, 16), Errno::Inval);
  EXPECT_EQ(setTimes(kDir, "up", 0, 0, fstflag::Mtim), Errno::Perm);
  EXPECT_EQ(setTimes(kReadOnlyDir, "file", 0, 0, fstflag::Mtim), Errno::Rofs);
}

TEST_P(PathCallsTest, HardLinks) {
  EXPECT_EQ(link(kDir, "file", kDir, "dir/second"), Errno::Success);
  EXPECT_EQ(files.read("dir/second"), "text");
  EXPECT_EQ(link(kDir, "file", kDir, "dir/second"), Errno::Exist);
  EXPECT_EQ(link(kDir, "link", kDir, "linked"), Errno::Success);
  EXPECT_EQ(typeOf("linked", 0), Filetype::SymbolicLink);
  EXPECT_EQ(link(kDir, "link", kDir, "followed", lookupflag::SymlinkFollow), Errno::Success);
  EXPECT_EQ(typeOf("followed", 0), Filetype::RegularFile);
  EXPECT_EQ(link(kDir, "dangling", kDir, "x", lookupflag::SymlinkFollow), Errno::NoEnt);
  EXPECT_EQ(link(kDir, "up", kDir, "x", lookupflag::SymlinkFollow), Errno::Perm);
  EXPECT_EQ(link(kDir, "dir", kDir, "x"), Errno::Perm);
  EXPECT_EQ(link(kDir, "dir/", kDir, "x"), Errno::Perm);
  EXPECT_EQ(link(kDir, "file/", kDir, "x"), Errno::NotDir);
  EXPECT_EQ(link(kDir, "link/", kDir, "x"), Errno::NotDir);
  EXPECT_EQ(link(kDir, "up/", kDir, "x"), Errno::Perm);
  EXPECT_EQ(link(kDir, "file", kDir, "x/"), Errno::NoEnt);
  EXPECT_EQ(link(kDir, "file", kDir, "../x"), Errno::Perm);
  EXPECT_EQ(link(kDir, "../file", kDir, "x"), Errno::Perm);
  EXPECT_FALSE(files.exists("x"));
}

TEST_P(PathCallsTest, LinksAndRenamesRespectReadOnlyOnEitherSide) {
  EXPECT_EQ(link(kReadOnlyDir, "file", kDir, "x"), Errno::Rofs);
  EXPECT_EQ(link(kDir, "file", kReadOnlyDir, "x"), Errno::Rofs);
  EXPECT_EQ(rename(kReadOnlyDir, "file", kDir, "x"), Errno::Rofs);
  EXPECT_EQ(rename(kDir, "file", kReadOnlyDir, "x"), Errno::Rofs);
  EXPECT_TRUE(files.exists("file"));
  EXPECT_FALSE(files.exists("x"));
}

TEST_P(PathCallsTest, Rename) {
  EXPECT_EQ(rename(kDir, "file", kDir, "dir/moved"), Errno::Success);
  EXPECT_EQ(files.read("dir/moved"), "text");
  EXPECT_EQ(rename(kDir, "dir/", kDir, "dir2/"), Errno::Success);
  EXPECT_EQ(rename(kDir, "dir2/moved", kDir, "dir2/inner"), Errno::Success);
  EXPECT_EQ(files.read("dir2/inner"), "text");
  EXPECT_EQ(rename(kDir, "dir2/inner/", kDir, "x"), Errno::NotDir);
  EXPECT_EQ(rename(kDir, "dir2/inner", kDir, "x/"), Errno::NotDir);
  EXPECT_EQ(rename(kDir, "missing", kDir, "x"), Errno::NoEnt);
  EXPECT_EQ(rename(kDir, "dir2", kDir, "dir2/sub"), Errno::Inval);
  EXPECT_EQ(rename(kDir, "dir2", kDir, "../x"), Errno::Perm);
  EXPECT_EQ(rename(kDir, "up/x", kDir, "y"), Errno::Perm);
  EXPECT_EQ(rename(kDir, "up", kDir, "renamed"), Errno::Success);  // not the link's target
  EXPECT_EQ(typeOf("renamed", 0), Filetype::SymbolicLink);
}

TEST_P(PathCallsTest, Symlinks) {
  std::string target;
  EXPECT_EQ(symlink("dir/inner", kDir, "new"), Errno::Success);
  EXPECT_EQ(readlink("new", 64, target), Errno::Success);
  EXPECT_EQ(target, "dir/inner");
  EXPECT_EQ(symlink("x", kDir, "new"), Errno::Exist);
  EXPECT_EQ(symlink("x", kDir, "missing/"), Errno::NoEnt);
  EXPECT_EQ(symlink("x", kDir, "dir/"), Errno::Exist);
  EXPECT_EQ(symlink("/etc/passwd", kDir, "abs"), Errno::Perm);
  EXPECT_EQ(symlink("", kDir, "empty"), Errno::NoEnt);
  EXPECT_EQ(symlink("x", kDir, "../x"), Errno::Perm);
  EXPECT_EQ(symlink("x", kReadOnlyDir, "x"), Errno::Rofs);
}

TEST_P(PathCallsTest, ReadlinkCutsOff) {
  std::string target;
  EXPECT_EQ(readlink("dangling", 3, target), Errno::Success);
  EXPECT_EQ(target, "not");
  EXPECT_EQ(readlink("dangling", 0, target), Errno::Success);
  EXPECT_EQ(target, "");
  EXPECT_EQ(readlink("dir/../dangling", 64, target), Errno::Success);
  EXPECT_EQ(target, "nothing");
  EXPECT_EQ(readlink("file", 64, target), Errno::Inval);
  EXPECT_EQ(readlink("file", 0, target), Errno::Inval);
  EXPECT_EQ(readlink("dirlink/", 64, target), Errno::Inval);
  EXPECT_EQ(readlink("link/", 64, target), Errno::NotDir);
  EXPECT_EQ(readlink("up/", 64, target), Errno::Perm);
  EXPECT_EQ(readlink("missing", 64, target), Errno::NoEnt);
  EXPECT_EQ(pathReadlink(caller(), kDir, memory.put("link"), 4, 0xfffffff0, 64, 0), Errno::Fault);
}

TEST_P(PathCallsTest, OnlyDirectoriesHavePaths) {
  uint32_t file = mustOpen("file");
  EXPECT_EQ(onPath(pathCreateDirectory, file, "x"), Errno::NotDir);
  EXPECT_EQ(onPath(pathUnlinkFile, 77, "x"), Errno::Badf);
  EXPECT_EQ(rename(kDir, "file", file, "x"), Errno::NotDir);
}

TEST_P(PathCallsTest, RightsOfTheDirectoryCount) {
  uint32_t bare = mustOpen("dir", {.rights = right::PathOpen});
  Filestat ignored;
  EXPECT_EQ(onPath(pathCreateDirectory, bare, "x"), Errno::NotCapable);
  EXPECT_EQ(onPath(pathRemoveDirectory, bare, "x"), Errno::NotCapable);
  EXPECT_EQ(onPath(pathUnlinkFile, bare, "inner"), Errno::NotCapable);
  EXPECT_EQ(stat(bare, "inner", 0, ignored), Errno::NotCapable);
  EXPECT_EQ(rename(bare, "inner", kDir, "x"), Errno::NotCapable);
  EXPECT_EQ(rename(kDir, "file", bare, "x"), Errno::NotCapable);
  EXPECT_EQ(link(bare, "inner", kDir, "x"), Errno::NotCapable);
  EXPECT_EQ(symlink("x", bare, "x"), Errno::NotCapable);
  EXPECT_EQ(setTimes(bare, "inner", 0, 0, fstflag::Mtim), Errno::NotCapable);
}

}  // namespace
}  // namespace wasi
