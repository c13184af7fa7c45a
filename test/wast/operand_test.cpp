#include "test/wast/operand.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace wast {
namespace {

using abi::ValueKind;
using runtime::Value;

const Shape& shape(std::string_view name) {
  for (const Shape& row : kShapes) {
    if (row.name == name) return row;
  }
  ADD_FAILURE() << name;
  return kShapes[0];
}

Number number(std::string_view name, std::vector<uint64_t> lanes) {
  Number made{&shape(name), {}};
  for (uint64_t bits : lanes) made.lanes.push_back({bits});
  return made;
}

Number nan(std::string_view name, Nan pattern) { return {&shape(name), {{0, pattern}}}; }

Value f32Bits(uint32_t bits) { return Value::f32(std::bit_cast<float>(bits)); }

Reference reference(ReferenceKind kind, std::optional<uint32_t> number = {}) {
  return {kind, number};
}

TEST(Operand, NumbersMatchByKindAndBits) {
  EXPECT_TRUE(matches(number("i32", {7}), Value::i32(7)));
  EXPECT_FALSE(matches(number("i32", {7}), Value::i32(8)));
  EXPECT_FALSE(matches(number("i32", {7}), Value::i64(7)));
  EXPECT_TRUE(matches(number("f32", {0x80000000}), Value::f32(-0.0f)));
  EXPECT_FALSE(matches(number("f32", {0}), Value::f32(-0.0f)));
}

TEST(Operand, CanonicalNansHaveTheQuietBitAlone) {
  Operand pattern = nan("f32", Nan::Canonical);
  EXPECT_TRUE(matches(pattern, f32Bits(0x7fc00000)));
  EXPECT_TRUE(matches(pattern, f32Bits(0xffc00000)));
  EXPECT_FALSE(matches(pattern, f32Bits(0x7fc00001)));
  EXPECT_FALSE(matches(pattern, f32Bits(0x7fa00000)));
  EXPECT_FALSE(matches(pattern, Value::f32(std::numeric_limits<float>::infinity())));
}

TEST(Operand, ArithmeticNansHaveTheQuietBit) {
  Operand pattern = nan("f64", Nan::Arithmetic);
  auto bits = [](uint64_t value) { return Value::f64(std::bit_cast<double>(value)); };
  EXPECT_TRUE(matches(pattern, bits(0x7ff8000000000000)));
  EXPECT_TRUE(matches(pattern, bits(0xfff8000000000123)));
  EXPECT_FALSE(matches(pattern, bits(0x7ff0000000000123)));
  EXPECT_FALSE(matches(pattern, bits(0x7ff0000000000000)));
  EXPECT_FALSE(matches(pattern, Value::f64(1)));
}

TEST(Operand, VectorsMatchLaneByLane) {
  Value value;
  value.kind = ValueKind::V128;
  for (uint8_t i = 0; i < 16; ++i) value.slot.v128[i] = i;
  EXPECT_TRUE(matches(number("i32x4", {0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c}), value));
  EXPECT_FALSE(matches(number("i32x4", {0x03020100, 0x07060504, 0x0b0a0908, 0}), value));
  EXPECT_TRUE(matches(number("i64x2", {0x0706050403020100, 0x0f0e0d0c0b0a0908}), value));
  EXPECT_FALSE(matches(number("i64", {0x0706050403020100}), value));
}

TEST(Operand, ReferencesMatchByWhatTheyReferTo) {
  Value null = Value::funcRef(nullptr);
  abi::FuncRef target{};
  Value function = Value::funcRef(&target);
  EXPECT_TRUE(matches(reference(ReferenceKind::Null), null));
  EXPECT_FALSE(matches(reference(ReferenceKind::Func), null));
  EXPECT_FALSE(matches(reference(ReferenceKind::Null), function));
  EXPECT_TRUE(matches(reference(ReferenceKind::Func), function));
  EXPECT_TRUE(matches(reference(ReferenceKind::Any), function));
  EXPECT_FALSE(matches(reference(ReferenceKind::Extern), function));
  EXPECT_FALSE(matches(reference(ReferenceKind::Null), Value::i32(0)));
}

TEST(Operand, HostReferencesAreNumbered) {
  Operand zero = reference(ReferenceKind::Extern, 0);
  std::optional<Value> value = toValue(zero, ValueKind::ExternRef);
  ASSERT_TRUE(value);
  EXPECT_NE(value->slot.ref, nullptr);
  EXPECT_TRUE(matches(zero, *value));
  EXPECT_FALSE(matches(reference(ReferenceKind::Extern, 1), *value));
  EXPECT_TRUE(matches(reference(ReferenceKind::Extern), *value));
  EXPECT_FALSE(toValue(zero, ValueKind::AnyRef));
  Operand host = reference(ReferenceKind::Host, 1);
  std::optional<Value> any = toValue(host, ValueKind::AnyRef);
  ASSERT_TRUE(any);
  EXPECT_TRUE(matches(host, *any));
  EXPECT_FALSE(matches(reference(ReferenceKind::Struct), *any));
  EXPECT_EQ(text(*any), "(ref.host 1)");
}

TEST(Operand, ArgumentsFitTheirKind) {
  EXPECT_EQ(toValue(number("i64", {5}), ValueKind::I64)->slot.i64, 5u);
  EXPECT_FALSE(toValue(number("i64", {5}), ValueKind::I32));
  EXPECT_FALSE(toValue(nan("f32", Nan::Canonical), ValueKind::F32));
  EXPECT_TRUE(toValue(reference(ReferenceKind::Null), ValueKind::FuncRef));
  EXPECT_FALSE(toValue(reference(ReferenceKind::Null), ValueKind::I32));
  EXPECT_FALSE(toValue(reference(ReferenceKind::Extern), ValueKind::ExternRef));
}

TEST(Operand, AnyAlternativeWillDo) {
  Expectation either{number("i32", {1}), number("i32", {2})};
  EXPECT_TRUE(matches(either, Value::i32(2)));
  EXPECT_FALSE(matches(either, Value::i32(3)));
  EXPECT_EQ(text(either), "(either (i32.const 1) (i32.const 2))");
}

TEST(Operand, Text) {
  EXPECT_EQ(text(Value::i32(0xffffffff)), "(i32.const -1)");
  EXPECT_EQ(text(Value::f32(1.5f)), "(f32.const 1.5)");
  EXPECT_EQ(text(f32Bits(0xffa00000)), "(f32.const -nan:0x200000)");
  EXPECT_EQ(text(Value::externRef(nullptr)), "(ref.null)");
  EXPECT_EQ(text(*toValue(reference(ReferenceKind::Extern, 3), ValueKind::ExternRef)),
            "(ref.extern 3)");
  EXPECT_EQ(text(Operand(nan("f64", Nan::Canonical))), "(f64.const nan:canonical)");
  EXPECT_EQ(text(Operand(number("i64x2", {1, UINT64_MAX}))), "(v128.const i64x2 1 -1)");
}

}  // namespace
}  // namespace wast
