#include "compiler/wasm/binary/encode_types.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

struct Case {
  base::Bytes bytes;
  ValueType type;
};

const Case kValueTypes[] = {
    {{0x7f}, kI32},
    {{0x7e}, kI64},
    {{0x7d}, kF32},
    {{0x7c}, kF64},
    {{0x7b}, kV128},
    {{0x70}, kFuncRef},
    {{0x6f}, kExternRef},
    {{0x6e}, ValueType::ref(HeapType::kAny, true)},
    {{0x6d}, ValueType::ref(HeapType::kEq, true)},
    {{0x6c}, ValueType::ref(HeapType::kI31, true)},
    {{0x6b}, ValueType::ref(HeapType::kStruct, true)},
    {{0x6a}, ValueType::ref(HeapType::kArray, true)},
    {{0x69}, ValueType::ref(HeapType::kExn, true)},
    {{0x71}, ValueType::ref(HeapType::kNone, true)},
    {{0x72}, ValueType::ref(HeapType::kNoExtern, true)},
    {{0x73}, ValueType::ref(HeapType::kNoFunc, true)},
    {{0x74}, ValueType::ref(HeapType::kNoExn, true)},
    {{0x64, 0x70}, ValueType::ref(HeapType::kFunc, false)},
    {{0x63, 0x05}, ValueType::ref(HeapType::concrete(5), true)},
    {{0x64, 0xc0, 0x00}, ValueType::ref(HeapType::concrete(64), false)},
};

TEST(EncodeTypes, RoundTrip) {
  for (const Case& item : kValueTypes) {
    Cursor in(item.bytes, {0, static_cast<uint32_t>(item.bytes.size())});
    EXPECT_EQ(readValueType(in), item.type) << text(item.type);
    EXPECT_TRUE(in.ok() && in.atEnd()) << text(item.type);
    base::Bytes written;
    writeValueType(written, item.type);
    EXPECT_EQ(written, item.bytes) << text(item.type);
  }
}

TEST(EncodeTypes, LongFormOfAnAbstractReference) {
  base::Bytes bytes = {0x63, 0x70};
  Cursor in(bytes, {0, 2});
  EXPECT_EQ(readValueType(in), kFuncRef);
}

std::string errorOf(const base::Bytes& bytes) {
  Cursor in(bytes, {0, static_cast<uint32_t>(bytes.size())});
  readValueType(in);
  return in.ok() ? "" : in.status("f").error().text();
}

TEST(EncodeTypes, Malformed) {
  EXPECT_EQ(errorOf({0x40}), "f:0x0: malformed type: found 0x40, expected a value type");
  EXPECT_EQ(errorOf({0x00}), "f:0x0: malformed type: found 0x00, expected a value type");
  EXPECT_EQ(errorOf({}), "f:0x0: unexpected end, expected a byte");
  EXPECT_EQ(errorOf({0x63, 0x7f}), "f:0x1: malformed type: found 0x7f, expected a heap type");
  // -16 in two bytes; `func` is only the encoding in one byte.
  EXPECT_EQ(errorOf({0x63, 0xf0, 0x7f}), "f:0x1: malformed heap type");
  EXPECT_EQ(errorOf({0x63, 0xff, 0xff, 0xff, 0xff, 0x0f}), "f:0x1: malformed heap type");
}

TEST(EncodeTypes, NumbersAreNoReferences) {
  base::Bytes bytes = {0x7f};
  Cursor in(bytes, {0, 1});
  readReferenceType(in);
  EXPECT_EQ(in.status("f").error().text(),
            "f:0x0: malformed type: found 0x7f, expected a reference type");
}

TEST(EncodeTypes, StartsValueTypeCoversTheTable) {
  int starts = 0;
  for (int byte = 0; byte < 256; ++byte) starts += startsValueType(static_cast<uint8_t>(byte));
  EXPECT_EQ(starts, 5 + 12 + 2);
}

}  // namespace
}  // namespace wasm
