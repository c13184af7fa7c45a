#include "runtime/unwind/call_sites.h"

#include <gtest/gtest.h>

#include "runtime/fixture/guarded_bytes.h"

namespace runtime {
namespace {

using base::Bytes;

constexpr uint64_t kStart = 0x1000;

// No pad base, types at some distance, and two calls in LEB128: at 4 to 9 with a pad at 0x20, at 10
// to 11 without one.
const Bytes kTable = {0xff, 0x9b, 0x81, 0x00, 0x01, 8, 4, 6, 0x20, 1, 10, 2, 0, 0};

std::optional<uint64_t> padAt(const Bytes& table, uint64_t pc) {
  return landingPadAt(TableReader(table), kStart, pc);
}

TEST(CallSites, FindsThePad) {
  EXPECT_EQ(padAt(kTable, kStart + 3), 0);
  EXPECT_EQ(padAt(kTable, kStart + 4), kStart + 0x20);
  EXPECT_EQ(padAt(kTable, kStart + 9), kStart + 0x20);
  EXPECT_EQ(padAt(kTable, kStart + 10), 0);
  EXPECT_EQ(padAt(kTable, kStart + 12), 0);
  EXPECT_EQ(padAt(kTable, kStart - 1), 0);
}

TEST(CallSites, DecodesEncodings) {
  // A base of pads, no types, fields of 4 bytes.
  const Bytes table = {0x03, 0x00, 0x20, 0, 0, 0xff, 0x03, 13, 1, 0, 0,
                       0,    2,    0,    0, 0, 3,    0,    0,  0, 0};
  EXPECT_EQ(padAt(table, kStart + 2), 0x2003);
  EXPECT_EQ(padAt(table, kStart + 3), 0);
}

TEST(CallSites, RefusesTruncation) {
  fixture::GuardedBytes memory(64);
  for (size_t size = 0; size < kTable.size(); ++size) {
    TableReader reader(memory.copy(base::ByteView(kTable).first(size)));
    EXPECT_FALSE(landingPadAt(reader, kStart, kStart + 30)) << size;
  }
  // A table that ends within a call.
  for (uint8_t size : {1, 2, 3, 5, 6, 7}) {
    Bytes table = kTable;
    table[5] = size;
    EXPECT_FALSE(padAt(table, kStart + 30)) << int{size};
  }
}

}  // namespace
}  // namespace runtime
