#include <sys/stat.h>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

class FdCallsTest : public CallTest {
 protected:
  Fdstat fdstat(uint32_t fd) {
    Address at = memory.reserve(sizeof(Fdstat));
    EXPECT_EQ(fdFdstatGet(caller(), fd, at), Errno::Success);
    return memory.get<Fdstat>(at);
  }
  uint64_t sizeOf(const char* name) {
    struct stat status;
    EXPECT_EQ(::stat((files / name).c_str(), &status), 0);
    return static_cast<uint64_t>(status.st_size);
  }
};

TEST_F(FdCallsTest, PreopensAreFoundByCounting) {
  Address prestat = memory.reserve(sizeof(Prestat));
  Address name = memory.reserve(16);
  ASSERT_EQ(fdPrestatGet(caller(), kReadOnlyDir, prestat), Errno::Success);
  auto found = memory.get<Prestat>(prestat);
  EXPECT_EQ(found.tag, 0);
  EXPECT_EQ(found.nameSize, 3u);
  EXPECT_EQ(fdPrestatDirName(caller(), kReadOnlyDir, name, 2), Errno::NameTooLong);
  EXPECT_EQ(fdPrestatDirName(caller(), kReadOnlyDir, name, 3), Errno::Success);
  EXPECT_EQ(memory.text(name, 3), "/ro");
  EXPECT_EQ(fdPrestatDirName(caller(), kReadOnlyDir, TestMemory::kSize - 2, 3), Errno::Fault);
  EXPECT_EQ(fdPrestatGet(caller(), 5, prestat), Errno::Badf);
  EXPECT_EQ(fdPrestatGet(caller(), 0, prestat), Errno::Badf);
  EXPECT_EQ(fdPrestatGet(caller(), mustCreate("file"), prestat), Errno::Badf);
}

TEST_F(FdCallsTest, FdstatOfPreopens) {
  Fdstat writable = fdstat(kDir);
  EXPECT_EQ(writable.type, static_cast<uint8_t>(Filetype::Directory));
  EXPECT_EQ(writable.rightsBase, kDirectoryRights);
  EXPECT_EQ(writable.rightsInheriting, kAllRights);
  Fdstat readOnly = fdstat(kReadOnlyDir);
  EXPECT_EQ(readOnly.rightsBase & kDirectoryWriteRights, 0u);
  EXPECT_EQ(readOnly.rightsBase | kDirectoryWriteRights, kDirectoryRights);
  EXPECT_EQ(fdFdstatGet(caller(), kDir, TestMemory::kSize - 23), Errno::Fault);
  EXPECT_EQ(fdFdstatGet(caller(), 99, 0), Errno::Badf);
}

TEST_F(FdCallsTest, StandardStreamsAreEmptyUnlessGiven) {
  EXPECT_EQ(read(0, 16), "");
  EXPECT_EQ(write(1, "nowhere"), Errno::Success);
  EXPECT_EQ(write(0, "x"), Errno::NotCapable);
  // isatty() of wasi-libc takes a character device without the right to seek for a terminal.
  EXPECT_EQ(fdstat(1).type, static_cast<uint8_t>(Filetype::CharacterDevice));
  EXPECT_NE(fdstat(1).rightsBase & right::FdSeek, 0u);
}

TEST_F(FdCallsTest, FlagsCanBeChangedWhereLinuxCan) {
  uint32_t fd = mustCreate("file");
  auto set = [&](uint32_t flags) { return fdFdstatSetFlags(caller(), fd, flags); };
  EXPECT_EQ(write(fd, "text"), Errno::Success);
  EXPECT_EQ(set(fdflag::Append | fdflag::Nonblock), Errno::Success);
  EXPECT_EQ(fdstat(fd).flags, fdflag::Append | fdflag::Nonblock);
  Address out = memory.reserve(8);
  EXPECT_EQ(fdSeek(caller(), fd, 0, 0, out), Errno::Success);
  EXPECT_EQ(write(fd, "+"), Errno::Success);
  EXPECT_EQ(files.read("file"), "text+");
  EXPECT_EQ(set(0), Errno::Success);
  EXPECT_EQ(fdstat(fd).flags, 0u);
  EXPECT_EQ(set(fdflag::Sync), Errno::Inval);
  EXPECT_EQ(set(32), Errno::Inval);
}

TEST_F(FdCallsTest, RightsAreGivenAwayForGood) {
  files.write("file", "text");
  uint32_t fd = mustOpen("file", {.rights = right::FdRead | right::FdSeek});
  auto set = [&](Rights base) { return fdFdstatSetRights(caller(), fd, base, 0); };
  EXPECT_EQ(set(right::FdRead), Errno::Success);
  EXPECT_EQ(set(right::FdRead | right::FdSeek), Errno::NotCapable);
  EXPECT_EQ(set(0), Errno::Success);
  EXPECT_EQ(read(fd, 4), "notcapable");
}

TEST_F(FdCallsTest, FilestatInBothLayouts) {
  files.write("file", "text");
  ASSERT_EQ(::link((files / "file").c_str(), (files / "second").c_str()), 0);
  uint32_t fd = mustOpen("file");
  memory.fill(0xee);
  Address at = memory.reserve(64);
  ASSERT_EQ(fdFilestatGet(caller(), fd, at), Errno::Success);
  auto now = memory.get<Filestat>(at);
  EXPECT_EQ(now.size, 4u);
  EXPECT_EQ(now.links, 2u);
  EXPECT_EQ(now.type, static_cast<uint8_t>(Filetype::RegularFile));
  for (uint8_t byte : now.padding) EXPECT_EQ(byte, 0);

  memory.fill(0xee);
  ASSERT_EQ(unstable::fdFilestatGet(caller(), fd, at), Errno::Success);
  auto old = memory.get<unstable::Filestat>(at);
  EXPECT_EQ(old.size, 4u);
  EXPECT_EQ(old.links, 2u);
  EXPECT_EQ(old.changeTime, now.changeTime);
  EXPECT_EQ(memory.get<uint64_t>(at + 56), 0xeeeeeeeeeeeeeeeeu);
  EXPECT_EQ(fdFilestatGet(caller(), kDir, TestMemory::kSize - 63), Errno::Fault);
}

TEST_F(FdCallsTest, SizesAreSetAndBounded) {
  uint32_t fd = mustCreate("file");
  auto resize = [&](uint64_t size) { return fdFilestatSetSize(caller(), fd, size); };
  EXPECT_EQ(resize(100), Errno::Success);
  EXPECT_EQ(sizeOf("file"), 100u);
  EXPECT_EQ(resize(0), Errno::Success);
  EXPECT_EQ(resize(uint64_t{1} << 63), Errno::Inval);
  EXPECT_EQ(resize(UINT64_MAX), Errno::Inval);
  EXPECT_EQ(sizeOf("file"), 0u);
  EXPECT_EQ(fdFilestatSetSize(caller(), kDir, 0), Errno::Badf);
}

TEST_F(FdCallsTest, AllocationGrowsAndNeverShrinks) {
  uint32_t fd = mustCreate("file");
  auto allocate = [&](uint64_t offset, uint64_t size) {
    return fdAllocate(caller(), fd, offset, size);
  };
  EXPECT_EQ(allocate(10, 90), Errno::Success);
  EXPECT_EQ(sizeOf("file"), 100u);
  EXPECT_EQ(allocate(0, 10), Errno::Success);
  EXPECT_EQ(sizeOf("file"), 100u);
  EXPECT_EQ(allocate(0, 0), Errno::Inval);
  EXPECT_EQ(allocate(uint64_t{1} << 63, 1), Errno::Inval);
  EXPECT_EQ(allocate(0, uint64_t{1} << 63), Errno::Inval);
  EXPECT_EQ(allocate(INT64_MAX, INT64_MAX), Errno::Fbig);
  EXPECT_EQ(sizeOf("file"), 100u);
}

TEST_F(FdCallsTest, AdviceIsChecked) {
  uint32_t fd = mustCreate("file");
  for (uint32_t advice = 0; advice <= 5; ++advice) {
    EXPECT_EQ(fdAdvise(caller(), fd, 0, 100, advice), Errno::Success);
  }
  EXPECT_EQ(fdAdvise(caller(), fd, 0, 0, 6), Errno::Inval);
  EXPECT_EQ(fdAdvise(caller(), fd, UINT64_MAX, 0, 0), Errno::Inval);
  EXPECT_EQ(fdAdvise(caller(), kDir, 0, 0, 0), Errno::Badf);
}

TEST_F(FdCallsTest, TimesOfAnOpenFile) {
  uint32_t fd = mustCreate("file");
  uint64_t time = 1'500'000'000'000'000'123;
  EXPECT_EQ(fdFilestatSetTimes(caller(), fd, time, time, fstflag::Atim | fstflag::Mtim),
            Errno::Success);
  Address at = memory.reserve(sizeof(Filestat));
  ASSERT_EQ(fdFilestatGet(caller(), fd, at), Errno::Success);
  EXPECT_EQ(memory.get<Filestat>(at).modificationTime, time);
  EXPECT_EQ(memory.get<Filestat>(at).accessTime, time);
  EXPECT_EQ(fdFilestatSetTimes(caller(), fd, 0, 0, fstflag::Atim | fstflag::AtimNow), Errno::Inval);
}

TEST_F(FdCallsTest, SyncWorksOnFilesAndDirectories) {
  uint32_t fd = mustCreate("file");
  for (uint32_t each : {fd, kDir}) {
    EXPECT_EQ(fdSync(caller(), each), Errno::Success);
    EXPECT_EQ(fdDatasync(caller(), each), Errno::Success);
  }
  EXPECT_EQ(fdSync(caller(), 99), Errno::Badf);
}

TEST_F(FdCallsTest, ClosingAndRenumberingPreopens) {
  uint32_t fd = mustCreate("file");
  EXPECT_EQ(write(fd, "text"), Errno::Success);
  EXPECT_EQ(fdRenumber(caller(), fd, kDir), Errno::Success);
  EXPECT_EQ(fdstat(kDir).type, static_cast<uint8_t>(Filetype::RegularFile));
  EXPECT_EQ(fdPrestatGet(caller(), kDir, memory.reserve(8)), Errno::Badf);
  EXPECT_EQ(tryOpen(kDir, "file"), Errno::NotDir);
  EXPECT_EQ(fdClose(caller(), fd), Errno::Badf);
  EXPECT_EQ(fdClose(caller(), kReadOnlyDir), Errno::Success);
  EXPECT_EQ(fdRenumber(caller(), kDir, kReadOnlyDir), Errno::Badf);
  EXPECT_EQ(tryOpen(kReadOnlyDir, "file"), Errno::Badf);
}

TEST_F(FdCallsTest, AReadOnlyDirectoryStaysSoWhereverItGoes) {
  EXPECT_EQ(fdRenumber(caller(), kReadOnlyDir, kDir), Errno::Success);
  EXPECT_EQ(tryOpen(kDir, "new", {.oflags = oflag::Creat, .rights = kReadWrite}), Errno::Rofs);
}

}  // namespace
}  // namespace wasi
