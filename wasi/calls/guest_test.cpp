#include "wasi/calls/guest.h"

#include <string>
#include <vector>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

TEST(GuestTest, AccessEndsWithTheMemory) {
  TestMemory memory;
  Guest guest = memory.guest();
  EXPECT_NE(guest.bytes(0, TestMemory::kSize), nullptr);
  EXPECT_EQ(guest.bytes(0, TestMemory::kSize + 1), nullptr);
  EXPECT_NE(guest.bytes(TestMemory::kSize - 1, 1), nullptr);
  EXPECT_EQ(guest.bytes(TestMemory::kSize - 1, 2), nullptr);
  EXPECT_NE(guest.bytes(TestMemory::kSize, 0), nullptr);
  EXPECT_EQ(guest.bytes(TestMemory::kSize + 1, 0), nullptr);
}

TEST(GuestTest, NothingWraps) {
  TestMemory memory;
  Guest guest = memory.guest();
  EXPECT_EQ(guest.bytes(0xffffffff, 2), nullptr);
  EXPECT_EQ(guest.bytes(0xffffffff, 0xffffffff), nullptr);
  EXPECT_EQ(guest.bytes(16, UINT64_MAX), nullptr);
  EXPECT_EQ(guest.bytes(16, UINT64_MAX - 15), nullptr);
}

TEST(GuestTest, WithoutMemoryEverythingFaults) {
  Guest guest{runtime::MemoryView{}};
  EXPECT_EQ(guest.bytes(0, 1), nullptr);
  EXPECT_EQ(guest.write<uint8_t>(0, 1), Errno::Fault);
}

TEST(GuestTest, UnalignedValuesAreReadAndWritten) {
  TestMemory memory;
  EXPECT_EQ(memory.guest().write<uint64_t>(3, 0x1122334455667788), Errno::Success);
  uint64_t value = 0;
  EXPECT_EQ(memory.guest().read(3, value), Errno::Success);
  EXPECT_EQ(value, 0x1122334455667788u);
  EXPECT_EQ(memory.guest().read(TestMemory::kSize - 7, value), Errno::Fault);
}

Errno readPath(TestMemory& memory, std::string_view path) {
  memory.reset();
  PathText text;
  return memory.guest().readPath(memory.put(path), static_cast<uint32_t>(path.size()), text);
}

TEST(GuestTest, PathsAreShortTextWithoutNul) {
  TestMemory memory;
  EXPECT_EQ(readPath(memory, "a/b"), Errno::Success);
  EXPECT_EQ(readPath(memory, ""), Errno::Success);
  EXPECT_EQ(readPath(memory, std::string_view("a\0", 2)), Errno::Inval);
  EXPECT_EQ(readPath(memory, "\xff"), Errno::Ilseq);
  EXPECT_EQ(readPath(memory, std::string(kMaxPath, 'x')), Errno::Success);
  EXPECT_EQ(readPath(memory, std::string(kMaxPath + 1, 'x')), Errno::NameTooLong);
  PathText text;
  EXPECT_EQ(memory.guest().readPath(TestMemory::kSize - 1, 2, text), Errno::Fault);
  EXPECT_EQ(memory.guest().readPath(1, 0xffffffff, text), Errno::Fault);
}

TEST(GuestTest, IovecsAreCheckedOneByOne) {
  TestMemory memory;
  Address list = memory.putIovecs({{0, 1}, {5, 0}, {TestMemory::kSize - 1, 1}});
  IovecList buffers;
  EXPECT_EQ(memory.guest().readIovecs(list, 3, buffers), Errno::Success);
  EXPECT_EQ(buffers.count, 2u);  // without the empty one

  for (Iovec bad : {Iovec{TestMemory::kSize - 1, 2}, Iovec{0xffffffff, 0xffffffff},
                    Iovec{TestMemory::kSize + 1, 0}}) {
    IovecList none;
    EXPECT_EQ(memory.guest().readIovecs(memory.putIovecs({bad}), 1, none), Errno::Fault);
  }
}

TEST(GuestTest, IovecArraysEndWithTheMemory) {
  TestMemory memory;
  IovecList buffers;
  EXPECT_EQ(memory.guest().readIovecs(0, 0xffffffff, buffers), Errno::Fault);
  EXPECT_EQ(memory.guest().readIovecs(TestMemory::kSize - 8, 1, buffers), Errno::Success);
  EXPECT_EQ(memory.guest().readIovecs(TestMemory::kSize - 7, 1, buffers), Errno::Fault);
  EXPECT_EQ(memory.guest().readIovecs(0xfffffff8, 2, buffers), Errno::Fault);
}

TEST(GuestTest, AtMostAThousandBuffersAreTaken) {
  TestMemory memory;
  for (int i = 0; i < 1100; ++i) memory.putValue(Iovec{0, 1});
  IovecList buffers;
  EXPECT_EQ(memory.guest().readIovecs(64, 1100, buffers), Errno::Success);
  EXPECT_EQ(buffers.count, IovecList::kMax);
}

TEST(GuestTest, StringsAreLaidOutAsCDoes) {
  TestMemory memory;
  std::vector<std::string> strings = {"ab", "", "\xc3\xa9"};
  EXPECT_EQ(memory.guest().writeStrings(strings, 16, 100), Errno::Success);
  EXPECT_EQ(memory.get<Address>(16), 100u);
  EXPECT_EQ(memory.get<Address>(20), 103u);
  EXPECT_EQ(memory.get<Address>(24), 104u);
  EXPECT_EQ(memory.text(100, 7), std::string("ab\0\0\xc3\xa9\0", 7));
  EXPECT_EQ(memory.guest().writeStrings(strings, 16, TestMemory::kSize - 6), Errno::Fault);
  EXPECT_EQ(memory.guest().writeStrings(strings, TestMemory::kSize - 8, 100), Errno::Fault);
  EXPECT_EQ(memory.guest().writeStrings(strings, 0xfffffffc, 0xfffffffe), Errno::Fault);
}

}  // namespace
}  // namespace wasi
