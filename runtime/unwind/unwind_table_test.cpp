#include "runtime/unwind/unwind_table.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/fixture/guarded_bytes.h"

namespace runtime {
namespace {

using base::Bytes;

// The places of functions relative to the tables. Functions are not read.
constexpr uint32_t kPlain = 0x10000;
constexpr uint32_t kCatching = 0x10100;
constexpr uint32_t kSize = 0x100;  // of each function
constexpr uint32_t kEnd = kCatching + kSize;

// Tables of two functions as linkers write them. `kPlain` has a frame of 32 bytes from its byte 4
// on. `kCatching` also has a call up to byte 0x20 with a landing pad at byte 0x80.
class TestTables {
 public:
  TestTables() {
    putHeader();
    uint32_t common = putCommon();
    plain = putFunction(common, kPlain);
    catching = putFunction(common, kCatching);
    put<uint32_t>(0);
    set(catchingData_, static_cast<uint32_t>(bytes.size()) - catchingData_);
    base::append(bytes, Bytes{0xff, 0xff, 0x01, 9, 0, 0x20, 0x80, 0x01, 0, 0x20, 4, 0, 0});
    set(4, kHeaderSize - 4);
    set(12, kPlain);
    set(16, plain);
    set(20, kCatching);
    set(24, catching);
  }

  Bytes bytes;
  uint32_t plain;
  uint32_t catching;

  static constexpr uint32_t kHeaderSize = 28;

  // Stores a number at an offset.
  void set(uint32_t at, uint32_t value) { base::storeUnaligned(bytes.data() + at, value); }

 private:
  template <class T>
  void put(T value) {
    bytes.resize(bytes.size() + sizeof value);
    base::storeUnaligned(bytes.data() + bytes.size() - sizeof value, value);
  }
  void putHeader() {
    base::append(bytes, Bytes{1, 0x1b, 0x03, 0x3b});
    put<uint32_t>(0);
    put<uint32_t>(2);
    bytes.resize(kHeaderSize);
  }
  // Ends a record, which begins with its length.
  void endRecord(uint32_t begin) {
    while (bytes.size() % 4 != 0) bytes.push_back(0);
    set(begin, static_cast<uint32_t>(bytes.size()) - begin - 4);
  }
  uint32_t putCommon() {
    auto begin = static_cast<uint32_t>(bytes.size());
    put<uint64_t>(0);  // length and id
    base::append(bytes, Bytes{1, 'z', 'P', 'L', 'R', 0, 1, 0x78, kDwarfReturnAddress, 7});
    base::append(bytes, Bytes{0x9b, 1, 2, 3, 4, 0x1b, 0x1b});
    // CFA = sp + 8, return address at CFA - 8
    base::append(bytes, Bytes{0x0c, kDwarfStackPointer, 8, 0x80 | kDwarfReturnAddress, 1});
    endRecord(begin);
    return begin;
  }
  uint32_t putFunction(uint32_t common, uint32_t function) {
    auto begin = static_cast<uint32_t>(bytes.size());
    put<uint32_t>(0);
    put<uint32_t>(begin + 4 - common);
    put<uint32_t>(function - (begin + 8));
    put<uint32_t>(kSize);
    bytes.push_back(4);
    catchingData_ = static_cast<uint32_t>(bytes.size());
    put<uint32_t>(0);
    base::append(bytes, Bytes{0x44, 0x0e, 32, 0x80 | kCalleeSaved[2], 2});
    endRecord(begin);
    return begin;
  }

  uint32_t catchingData_ = 0;
};

class UnwindTableTest : public ::testing::Test {
 protected:
  // Returns the row of a return address relative to the tables.
  std::optional<FrameRow> rowAt(const Bytes& bytes, uint32_t returnAddress) {
    base::ByteView image = memory_.copy(bytes);
    base::ByteView header = image.first(std::min<size_t>(image.size(), TestTables::kHeaderSize));
    auto base = reinterpret_cast<uint64_t>(image.data());
    return findRow({image, header}, base + returnAddress);
  }
  // Looks up each function in damaged tables.
  void survive(const Bytes& bytes) {
    for (uint32_t address : {kPlain + 1, kPlain + 8, kCatching + 8, kCatching + 0x90})
      rowAt(bytes, address);
  }

  TestTables tables_;
  fixture::GuardedBytes memory_{1000};
};

TEST_F(UnwindTableTest, FindsFrames) {
  EXPECT_EQ(rowAt(tables_.bytes, kPlain + 1)->cfaOffset(), 8);
  EXPECT_EQ(rowAt(tables_.bytes, kPlain + 4)->cfaOffset(), 8);
  for (uint32_t address : {kPlain + 5, kPlain + kSize, kCatching + 0x21, kEnd}) {
    FrameRow row = rowAt(tables_.bytes, address).value();
    EXPECT_FALSE(row.isHandler()) << address;
    EXPECT_EQ(row.cfaOffset(), 32);
    EXPECT_EQ(FrameRow::saveOf(row.saves(0), 2), 16);
  }
}

TEST_F(UnwindTableTest, FindsHandlers) {
  for (uint32_t address : {kCatching + 1, kCatching + 5, kCatching + 0x20}) {
    FrameRow row = rowAt(tables_.bytes, address).value();
    ASSERT_TRUE(row.isHandler()) << address;
    EXPECT_EQ(row.pad(address), kCatching + 0x80);
  }
}

TEST_F(UnwindTableTest, RefusesOtherAddresses) {
  EXPECT_FALSE(rowAt(tables_.bytes, kPlain));
  EXPECT_FALSE(rowAt(tables_.bytes, kEnd + 1));
  EXPECT_FALSE(rowAt(tables_.bytes, 0));
  EXPECT_FALSE(findRow({}, 1));
}

TEST_F(UnwindTableTest, RefusesUnknownForms) {
  auto isRefused = [&](uint32_t at, uint8_t value) {
    Bytes bytes = tables_.bytes;
    bytes[at] = value;
    return !rowAt(bytes, kPlain + 8);
  };
  constexpr uint32_t kCommon = TestTables::kHeaderSize;
  EXPECT_TRUE(isRefused(0, 2));     // the header's version
  EXPECT_TRUE(isRefused(1, 0x1c));  // its encodings
  EXPECT_TRUE(isRefused(2, 0xff));
  EXPECT_TRUE(isRefused(3, 0x3c));
  EXPECT_TRUE(isRefused(8, 3));              // the count
  EXPECT_TRUE(isRefused(kCommon + 8, 4));    // the CIE's version
  EXPECT_TRUE(isRefused(kCommon + 9, 'e'));  // its augmentation
  EXPECT_TRUE(isRefused(kCommon + 10, 'S'));
  EXPECT_TRUE(isRefused(kCommon + 16, 5));      // the register of the return address
  EXPECT_TRUE(isRefused(kCommon + 17, 6));      // the size of the data
  EXPECT_TRUE(isRefused(kCommon + 4, 1));       // the id
  EXPECT_FALSE(isRefused(kCommon + 18, 0x03));  // the personality
}

TEST_F(UnwindTableTest, RefusesAPadOutsideOfTheFunction) {
  Bytes bytes = tables_.bytes;
  bytes[bytes.size() - 6] = 2;  // the high part of the pad: 0x100
  EXPECT_FALSE(rowAt(bytes, kCatching + 8));
}

TEST_F(UnwindTableTest, SurvivesTruncation) {
  for (size_t size = 0; size < tables_.bytes.size(); ++size) {
    survive(Bytes(tables_.bytes.begin(), tables_.bytes.begin() + static_cast<ptrdiff_t>(size)));
  }
}

TEST_F(UnwindTableTest, SurvivesHostileNumbers) {
  for (uint32_t at = 0; at + 4 <= tables_.bytes.size(); ++at) {
    for (uint32_t value : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xfffffffeu, 0xffffffffu}) {
      TestTables damaged = tables_;
      damaged.set(at, value);
      survive(damaged.bytes);
    }
  }
}

TEST_F(UnwindTableTest, SurvivesRandomDamage) {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    Bytes bytes = tables_.bytes;
    for (uint32_t count = 1 + random() % 4; count > 0; --count)
      bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
    survive(bytes);
  }
}

}  // namespace
}  // namespace runtime
