#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class PathOpenTest : public WalkTest {};
INSTANTIATE_TEST_SUITE_P(Walks, PathOpenTest, testing::Values(Walk::Kernel, Walk::Manual),
                         walkName);

constexpr OpenOptions kCreate{.oflags = oflag::Creat, .rights = kReadWrite};

TEST_P(PathOpenTest, CreatesWritesReads) {
  uint32_t fd = mustCreate("new");
  EXPECT_EQ(write(fd, "hello"), Errno::Success);
  EXPECT_EQ(files.read("new"), "hello");
  EXPECT_EQ(read(mustOpen("new"), 16), "hello");
}

TEST_P(PathOpenTest, FlagsDoWhatTheySay) {
  files.write("file", "text");
  files.makeDirectory("dir");
  EXPECT_EQ(tryOpen(kDir, "missing"), Errno::NoEnt);
  EXPECT_EQ(tryOpen(kDir, "file", {.oflags = oflag::Creat | oflag::Excl, .rights = kReadWrite}),
            Errno::Exist);
  EXPECT_EQ(tryOpen(kDir, "file", {.oflags = oflag::Directory}), Errno::NotDir);
  EXPECT_EQ(tryOpen(kDir, "dir", {.oflags = oflag::Directory}), Errno::Success);
  EXPECT_EQ(tryOpen(kDir, "dir", {.rights = kReadWrite}), Errno::IsDir);
  EXPECT_EQ(tryOpen(kDir, "file", {.oflags = oflag::Trunc, .rights = kReadWrite}), Errno::Success);
  EXPECT_EQ(files.read("file"), "");
  EXPECT_EQ(tryOpen(kDir, "x", {.oflags = oflag::Creat | oflag::Directory}), Errno::Inval);
  EXPECT_EQ(tryOpen(kDir, "file", {.oflags = 16}), Errno::Inval);
  EXPECT_EQ(tryOpen(kDir, "file", {.fdflags = 32}), Errno::Inval);
}

TEST_P(PathOpenTest, LinksAreFollowedWhenAsked) {
  files.write("file", "text");
  files.makeLink("file", "link");
  files.makeLink("new", "dangling");
  EXPECT_EQ(read(mustOpen("link"), 16), "text");
  EXPECT_EQ(tryOpen(kDir, "link", {.lookup = 0}), Errno::Loop);
  EXPECT_EQ(tryOpen(kDir, "dangling"), Errno::NoEnt);
  EXPECT_EQ(tryOpen(kDir, "dangling", {.oflags = oflag::Creat, .lookup = 0}), Errno::Loop);
  EXPECT_EQ(tryOpen(kDir, "dangling", kCreate), Errno::Success);
  EXPECT_TRUE(files.exists("new"));
}

TEST_P(PathOpenTest, BadDescriptorsAndPaths) {
  files.write("file", "text");
  uint32_t file = mustOpen("file");
  EXPECT_EQ(tryOpen(99, "file"), Errno::Badf);
  EXPECT_EQ(tryOpen(file, "file"), Errno::NotDir);
  EXPECT_EQ(tryOpen(1, "file"), Errno::NotDir);
  EXPECT_EQ(tryOpen(kDir, std::string_view("file\0", 5)), Errno::Inval);
  EXPECT_EQ(tryOpen(kDir, "\xff"), Errno::Ilseq);
  EXPECT_EQ(tryOpen(kDir, ""), Errno::NoEnt);
  EXPECT_EQ(tryOpen(kDir, "/file"), Errno::Perm);
  EXPECT_EQ(tryOpen(kDir, "../file"), Errno::Perm);
  EXPECT_EQ(tryOpen(kDir, "file/"), Errno::NotDir);
  EXPECT_EQ(pathOpen(caller(), kDir, 0, 0, 1 << 20, 0, 0, 0, 0, 0), Errno::Fault);
}

TEST_P(PathOpenTest, ABadResultPointerOpensNothing) {
  Address path = memory.put("new");
  EXPECT_EQ(
      pathOpen(caller(), kDir, 0, path, 3, oflag::Creat, kReadWrite, 0, 0, TestMemory::kSize - 3),
      Errno::Fault);
  EXPECT_FALSE(files.exists("new"));
  EXPECT_EQ(mustCreate("other"), 5u);
}

TEST_P(PathOpenTest, SubdirectoriesAreRootsOfTheirOwn) {
  files.makeDirectory("dir");
  files.write("dir/inner", "inner");
  files.write("file", "text");
  uint32_t dir = mustOpen("dir", {.oflags = oflag::Directory});
  EXPECT_EQ(tryOpen(dir, "inner"), Errno::Success);
  EXPECT_EQ(tryOpen(dir, "../file"), Errno::Perm);
}

Fdstat fdstat(Context& context, TestMemory& memory, uint32_t fd) {
  Address at = memory.reserve(sizeof(Fdstat));
  EXPECT_EQ(fdFdstatGet(memory.caller(context), fd, at), Errno::Success);
  return memory.get<Fdstat>(at);
}

TEST_P(PathOpenTest, RightsFollowTheWishAndTheType) {
  files.write("file", "text");
  files.makeDirectory("dir");
  Fdstat file = fdstat(*context, memory, mustOpen("file", {.rights = kReadWrite}));
  EXPECT_EQ(file.rightsBase, kFileRights);
  EXPECT_EQ(file.rightsInheriting, 0u);
  Fdstat dir = fdstat(*context, memory, mustOpen("dir"));
  EXPECT_EQ(dir.type, static_cast<uint8_t>(Filetype::Directory));
  EXPECT_EQ(dir.rightsBase, kDirectoryRights);
  EXPECT_EQ(dir.rightsInheriting, kAllRights);
  uint32_t none = mustOpen("file", {.rights = 0});
  EXPECT_EQ(fdstat(*context, memory, none).rightsBase, 0u);
  EXPECT_EQ(read(none, 4), "notcapable");
  uint32_t writer = mustOpen("file", {.rights = right::FdWrite});
  EXPECT_EQ(read(writer, 4), "notcapable");
  EXPECT_EQ(write(writer, "TE"), Errno::Success);
  EXPECT_EQ(files.read("file"), "TExt");
}

TEST_P(PathOpenTest, RightsOnlyShrinkOnTheWayDown) {
  files.makeDirectory("dir");
  files.write("dir/file", "text");
  uint32_t narrow = mustOpen("dir", {.rights = right::PathOpen, .inheriting = right::FdRead});
  EXPECT_EQ(tryOpen(narrow, "file", {.rights = right::FdRead, .inheriting = 0}), Errno::Success);
  EXPECT_EQ(tryOpen(narrow, "file", {.rights = right::FdWrite, .inheriting = 0}),
            Errno::NotCapable);
  EXPECT_EQ(tryOpen(narrow, "file", {.rights = 0, .inheriting = right::FdSeek}), Errno::NotCapable);
  EXPECT_EQ(tryOpen(narrow, "new", {.oflags = oflag::Creat, .rights = 0, .inheriting = 0}),
            Errno::NotCapable);
  EXPECT_EQ(tryOpen(narrow, "file", {.oflags = oflag::Trunc, .rights = 0, .inheriting = 0}),
            Errno::NotCapable);
  // Undefined bits are ignored.
  EXPECT_EQ(tryOpen(narrow, "file", {.rights = ~kAllRights, .inheriting = ~kAllRights}),
            Errno::Success);
}

TEST_P(PathOpenTest, AReadOnlyDirectoryIsAReadOnlyFileSystem) {
  files.write("file", "text");
  files.makeDirectory("dir");
  files.makeLink("new", "dangling");
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file"), Errno::Success);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file", {.rights = kReadWrite}), Errno::Rofs);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file", {.oflags = oflag::Trunc}), Errno::Rofs);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file", {.oflags = oflag::Creat}), Errno::Success);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file", {.oflags = oflag::Creat | oflag::Excl}), Errno::Exist);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "new", kCreate), Errno::Rofs);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "dangling", kCreate), Errno::Rofs);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "missing", {.rights = kReadWrite}), Errno::NoEnt);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "dir", {.rights = kReadWrite}), Errno::IsDir);
  EXPECT_EQ(files.read("file"), "text");
  EXPECT_FALSE(files.exists("new"));
}

TEST_P(PathOpenTest, ReadOnlyIsInherited) {
  files.makeDirectory("dir");
  files.write("dir/file", "text");
  uint32_t dir = 0;
  ASSERT_EQ(open(kReadOnlyDir, "dir", {.oflags = oflag::Directory}, dir), Errno::Success);
  EXPECT_EQ(tryOpen(dir, "file", {.rights = kReadWrite}), Errno::Rofs);
  EXPECT_EQ(onPath(pathCreateDirectory, dir, "new"), Errno::Rofs);
  uint32_t file = 0;
  ASSERT_EQ(open(dir, "file", {}, file), Errno::Success);
  EXPECT_EQ(write(file, "x"), Errno::NotCapable);
  EXPECT_EQ(fdFilestatSetSize(caller(), file, 0), Errno::NotCapable);
  EXPECT_EQ(fdAllocate(caller(), file, 0, 99), Errno::NotCapable);
  EXPECT_EQ(fdFilestatSetTimes(caller(), file, 1, 1, fstflag::Mtim), Errno::NotCapable);
  EXPECT_EQ(fdFdstatSetRights(caller(), file, kAllRights, 0), Errno::NotCapable);
  EXPECT_EQ(files.read("dir/file"), "text");
}

TEST_P(PathOpenTest, SyncFlagsAreRemembered) {
  for (uint32_t flags : {fdflag::Append, fdflag::Dsync, fdflag::Sync, fdflag::Rsync,
                         fdflag::Append | fdflag::Nonblock | fdflag::Dsync}) {
    OpenOptions options = kCreate;
    options.fdflags = flags;
    EXPECT_EQ(fdstat(*context, memory, mustOpen("file", options)).flags, flags);
  }
}

TEST_P(PathOpenTest, AppendingWritesAtTheEnd) {
  files.write("file", "text");
  uint32_t fd = mustOpen("file", {.rights = kReadWrite, .fdflags = fdflag::Append});
  EXPECT_EQ(write(fd, "+more"), Errno::Success);
  EXPECT_EQ(files.read("file"), "text+more");
}

}  // namespace
}  // namespace wasi
