#include "runtime/unwind/table_reader.h"

#include <gtest/gtest.h>

#include <limits>

namespace runtime {
namespace {

using base::Bytes;

uint64_t ulebOf(Bytes bytes) {
  TableReader reader(bytes);
  uint64_t value = reader.uleb();
  return reader.failed() ? 12345 : value;
}

TEST(TableReader, ReadsLeb) {
  EXPECT_EQ(ulebOf({0x7f}), 0x7f);
  EXPECT_EQ(ulebOf({0x80, 0x80, 0x00}), 0);  // padded
  EXPECT_EQ(ulebOf({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}), ~uint64_t{0});
  EXPECT_EQ(ulebOf({0x80}), 12345);
  EXPECT_EQ(ulebOf({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00}), 12345);
  for (int64_t value :
       {int64_t{0}, int64_t{-1}, int64_t{63}, int64_t{64}, int64_t{-64}, int64_t{-65},
        std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()}) {
    Bytes bytes;
    base::appendSleb(bytes, value);
    TableReader reader(bytes);
    EXPECT_EQ(reader.sleb(), value);
    EXPECT_TRUE(reader.atEnd() && !reader.failed());
  }
}

TEST(TableReader, FailsOnceAndForAll) {
  const Bytes bytes = {1, 2, 3};
  TableReader reader(bytes);
  EXPECT_EQ(reader.fixed<uint16_t>(), 0x201);
  EXPECT_EQ(reader.fixed<uint16_t>(), 0);
  EXPECT_TRUE(reader.failed() && reader.atEnd());
  EXPECT_EQ(reader.byte(), 0);
  EXPECT_TRUE(reader.take(0).failed());
}

TEST(TableReader, TakesParts) {
  const Bytes bytes = {1, 'a', 0, 2};
  TableReader reader(bytes);
  TableReader part = reader.take(3);
  EXPECT_EQ(part.byte(), 1);
  EXPECT_EQ(part.string(), "a");
  EXPECT_TRUE(part.atEnd() && !part.failed());
  EXPECT_EQ(part.string(), "");
  EXPECT_TRUE(part.failed());
  EXPECT_EQ(reader.byte(), 2);
  TableReader whole(bytes);
  EXPECT_TRUE(whole.take(~uint64_t{0}).failed());
}

TEST(TableReader, DecodesPointers) {
  const Bytes bytes = {0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  auto here = reinterpret_cast<uint64_t>(bytes.data());
  auto decode = [&](uint8_t encoding) { return TableReader(bytes).pointer(encoding); };
  for (uint8_t encoding : {0x00, 0x04, 0x0a, 0x0b, 0x0c}) {
    EXPECT_EQ(decode(encoding), ~uint64_t{7}) << int{encoding};
    EXPECT_EQ(decode(encoding | kPointerPcRelative), here - 8) << int{encoding};
  }
  EXPECT_EQ(decode(0x01), TableReader(bytes).uleb());
  EXPECT_EQ(decode(0x02), 0xfff8);
  EXPECT_EQ(decode(0x03), 0xfffffff8);
  EXPECT_EQ(decode(0x09), static_cast<uint64_t>(TableReader(bytes).sleb()));
  for (uint8_t encoding : {0x05, 0x0d, 0x2b, 0x3b, 0x4b, 0x50, 0x9b, 0xff}) {
    TableReader reader(bytes);
    EXPECT_EQ(reader.pointer(encoding), 0);
    EXPECT_TRUE(reader.failed()) << int{encoding};
  }
  // Null is not relative.
  const Bytes zeros(4);
  EXPECT_EQ(TableReader(zeros).pointer(0x1b), 0);
}

}  // namespace
}  // namespace runtime
