#include "wasi/calls/call_trace.h"

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

TEST(CallTraceTest, ArgumentsAreShownByKind) {
  TestMemory memory;
  constexpr Kind kKinds[] = {Kind::Fd, Kind::Path, Kind::PathSize, Kind::Flags, Kind::Delta};
  uint64_t arguments[] = {3, memory.put("a/b"), 3, 5, static_cast<uint64_t>(-2)};
  EXPECT_EQ(describeCall("call", kKinds, arguments, memory.guest()), "call(3, \"a/b\", 0x5, -2)");
}

TEST(CallTraceTest, HostilePathsAreHarmless) {
  TestMemory memory;
  constexpr Kind kKinds[] = {Kind::Path, Kind::PathSize};
  uint64_t odd[] = {memory.put("\x1b[0m\"\n"), 6};
  EXPECT_EQ(describeCall("f", kKinds, odd, memory.guest()), "f(\"\\x1b[0m\\x22\\x0a\")");
  uint64_t outside[] = {0xfffffff0, 0xffff};
  EXPECT_EQ(describeCall("f", kKinds, outside, memory.guest()), "f(0xfffffff0+65535)");
  uint64_t whole[] = {0, TestMemory::kSize};
  EXPECT_LT(describeCall("f", kKinds, whole, memory.guest()).size(), 2000u);
}

TEST(CallTraceTest, ResultsAreShownWhereTheyWent) {
  TestMemory memory;
  constexpr Kind kRead[] = {Kind::Fd, Kind::Address, Kind::Number, Kind::Nread};
  uint64_t arguments[] = {3, 0x40, 1, memory.putValue(uint32_t{512})};
  EXPECT_EQ(describeCall("fd_read", kRead, arguments, memory.guest()), "fd_read(3, 0x40, 1)");
  auto outcome = [&](Errno error) {
    return describeOutcome(error, kRead, arguments, memory.guest());
  };
  EXPECT_EQ(outcome(Errno::Success), " = 0 (nread 512)");
  EXPECT_EQ(outcome(Errno::Badf), " = badf");
  arguments[3] = TestMemory::kSize - 3;
  EXPECT_EQ(outcome(Errno::Success), " = 0 (nread ?)");
}

TEST(CallTraceTest, EveryKindOfResult) {
  TestMemory memory;
  auto shown = [&](Kind kind, auto value) {
    Kind kinds[] = {kind};
    uint64_t arguments[] = {memory.putValue(value)};
    return describeOutcome(Errno::Success, kinds, arguments, memory.guest());
  };
  EXPECT_EQ(shown(Kind::Offset, uint64_t{1} << 40), " = 0 (offset 1099511627776)");
  EXPECT_EQ(shown(Kind::RoFlags, roflag::Truncated), " = 0 (ro_flags 0x1)");
  EXPECT_EQ(shown(Kind::Prestat, Prestat{.nameSize = 4}), " = 0 (buf {tag 0, name length 4})");
  EXPECT_EQ(shown(Kind::Fdstat, Fdstat{.type = 4, .flags = 1, .rightsBase = 2}),
            " = 0 (stat {type 4, flags 0x1, rights 0x2, 0x0})");
  EXPECT_EQ(shown(Kind::Filestat, Filestat{.inode = 7, .type = 4, .links = 1, .size = 10}),
            " = 0 (buf {inode 7, type 4, links 1, size 10})");
  unstable::Filestat old{.inode = 7, .type = 3, .links = 2, .size = 10};
  EXPECT_EQ(shown(Kind::UnstableFilestat, old), " = 0 (buf {inode 7, type 3, links 2, size 10})");
}

TEST(CallTraceTest, SeveralResultsAndNone) {
  TestMemory memory;
  constexpr Kind kSizes[] = {Kind::Argc, Kind::ArgvBufSize};
  uint64_t arguments[] = {memory.putValue(uint32_t{2}), memory.putValue(uint32_t{9})};
  EXPECT_EQ(describeOutcome(Errno::Success, kSizes, arguments, memory.guest()),
            " = 0 (argc 2, argv_buf_size 9)");
  EXPECT_EQ(describeOutcome(Errno::Success, {}, {}, memory.guest()), " = 0");
}

}  // namespace
}  // namespace wasi
