#include "wasi/call_trace.h"

#include "wasi/calls_testing.h"

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

}  // namespace
}  // namespace wasi
