#include "compiler/wasm/binary/cursor.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

Cursor cursorOn(const base::Bytes& bytes) {
  return Cursor(bytes, {0, static_cast<uint32_t>(bytes.size())});
}

std::string errorOf(const Cursor& in) {
  base::Result<void> status = in.status("f");
  return status.ok() ? "" : status.error().text();
}

struct UnsignedCase {
  base::Bytes bytes;
  uint64_t value;
  std::string error;
};

const UnsignedCase kU32Cases[] = {
    {{0x00}, 0, ""},
    {{0x7f}, 127, ""},
    {{0x80, 0x01}, 128, ""},
    {{0x80, 0x80, 0x80, 0x80, 0x00}, 0, ""},
    {{0xff, 0xff, 0xff, 0xff, 0x0f}, 0xffffffff, ""},
    {{0xff, 0xff, 0xff, 0xff, 0x1f}, 0, "f:0x0: integer too large"},
    {{0x80, 0x80, 0x80, 0x80, 0x70}, 0, "f:0x0: integer too large"},
    {{0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, 0, "f:0x0: integer representation too long"},
    {{0x80, 0x80, 0x80, 0x80, 0xf0, 0x00}, 0, "f:0x0: integer representation too long"},
    {{}, 0, "f:0x0: unexpected end, expected an unsigned integer"},
    {{0x80, 0x80}, 0, "f:0x2: unexpected end, expected an unsigned integer"},
};

TEST(Cursor, U32) {
  for (const UnsignedCase& item : kU32Cases) {
    Cursor in = cursorOn(item.bytes);
    EXPECT_EQ(in.u32(), item.value);
    EXPECT_EQ(errorOf(in), item.error);
    EXPECT_TRUE(in.atEnd());
  }
}

TEST(Cursor, U64) {
  base::Bytes largest = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
  Cursor in = cursorOn(largest);
  EXPECT_EQ(in.u64(), UINT64_MAX);
  EXPECT_EQ(errorOf(in), "");

  largest.back() = 0x02;
  in = cursorOn(largest);
  EXPECT_EQ(in.u64(), 0u);
  EXPECT_EQ(errorOf(in), "f:0x0: integer too large");
}

struct SignedCase {
  base::Bytes bytes;
  int64_t value;
  std::string error;
};

const SignedCase kS32Cases[] = {
    {{0x00}, 0, ""},
    {{0x7f}, -1, ""},
    {{0x40}, -64, ""},
    {{0xff, 0x00}, 127, ""},
    {{0x80, 0x80, 0x80, 0x80, 0x78}, INT32_MIN, ""},
    {{0xff, 0xff, 0xff, 0xff, 0x07}, INT32_MAX, ""},
    {{0xff, 0xff, 0xff, 0xff, 0x7f}, -1, ""},
    {{0xff, 0xff, 0xff, 0xff, 0x0f}, 0, "f:0x0: integer too large"},
    {{0x80, 0x80, 0x80, 0x80, 0x70}, 0, "f:0x0: integer too large"},
    {{0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, 0, "f:0x0: integer representation too long"},
    {{0x80}, 0, "f:0x1: unexpected end, expected a signed integer"},
};

TEST(Cursor, S32) {
  for (const SignedCase& item : kS32Cases) {
    Cursor in = cursorOn(item.bytes);
    EXPECT_EQ(in.s32(), item.value);
    EXPECT_EQ(errorOf(in), item.error);
  }
}

TEST(Cursor, S33KeepsItsSignBit) {
  base::Bytes bytes = {0xff, 0xff, 0xff, 0xff, 0x0f};
  Cursor in = cursorOn(bytes);
  EXPECT_EQ(in.s33(), 0xffffffff);
  bytes.back() = 0x70;
  in = cursorOn(bytes);
  EXPECT_EQ(in.s33(), -(int64_t{1} << 32) + 0x0fffffff);
  EXPECT_EQ(errorOf(in), "");
}

TEST(Cursor, S64) {
  base::Bytes smallest = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f};
  Cursor in = cursorOn(smallest);
  EXPECT_EQ(in.s64(), INT64_MIN);
  smallest.back() = 0x7e;
  in = cursorOn(smallest);
  EXPECT_EQ(in.s64(), 0);
  EXPECT_EQ(errorOf(in), "f:0x0: integer too large");
}

TEST(Cursor, KeepsTheFirstErrorAndReadsZeroAfterIt) {
  base::Bytes bytes = {1, 2, 3, 4};
  Cursor in = cursorOn(bytes);
  EXPECT_EQ(in.byte(), 1);
  in.fail(1, "first");
  in.fail(2, "second");
  EXPECT_EQ(in.byte(), 0);
  EXPECT_EQ(in.u64(), 0u);
  EXPECT_EQ(in.fixed<uint32_t>("a number"), 0u);
  EXPECT_TRUE(in.atEnd());
  EXPECT_EQ(errorOf(in), "f:0x1: first");
}

TEST(Cursor, ReadsOnlyItsRange) {
  base::Bytes bytes = {9, 1, 2, 9};
  Cursor in(bytes, {1, 3});
  EXPECT_EQ(in.offset(), 1u);
  EXPECT_EQ(in.take(2, "two bytes").size(), 2u);
  EXPECT_TRUE(in.atEnd());
  EXPECT_EQ(in.byte(), 0);
  EXPECT_EQ(errorOf(in), "f:0x3: unexpected end, expected a byte");
}

TEST(Cursor, NamesAreUtf8OfTheirLength) {
  base::Bytes bytes = {2, 'h', 'i', 1, 0xff};
  Cursor in = cursorOn(bytes);
  EXPECT_EQ(in.name(), "hi");
  in.name();
  EXPECT_EQ(errorOf(in), "f:0x4: malformed UTF-8 encoding");

  base::Bytes cut = {5, 'h', 'i'};
  in = cursorOn(cut);
  in.name();
  EXPECT_EQ(errorOf(in), "f:0x1: unexpected end: a name of 5 bytes, but only 2 are left");
}

TEST(Cursor, CountIsBoundedByTheBytesLeft) {
  base::Bytes bytes = {2, 0, 0};
  Cursor in = cursorOn(bytes);
  EXPECT_EQ(in.count("items"), 2u);
  base::Bytes huge = {0xff, 0xff, 0xff, 0xff, 0x0f, 0};
  in = cursorOn(huge);
  EXPECT_EQ(in.count("items"), 0u);
  EXPECT_EQ(errorOf(in),
            "f:0x0: length out of bounds: 4294967295 items, but only 1 bytes are left");
}

TEST(Cursor, MergeTakesOverAFailure) {
  base::Bytes bytes = {1, 2};
  Cursor whole = cursorOn(bytes);
  Cursor part(bytes, {0, 1});
  whole.merge(part);
  EXPECT_TRUE(whole.ok());
  part.fail(0, "inside");
  whole.merge(part);
  EXPECT_EQ(errorOf(whole), "f:0x0: inside");
}

}  // namespace
}  // namespace wasm
