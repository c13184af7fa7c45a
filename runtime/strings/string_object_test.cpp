#include "runtime/strings/string_object.h"

#include "runtime/fixture/strings.h"
#include "runtime/instance/store_state.h"
#include "runtime/types/type_descriptors.h"
#include "runtime/types/type_registry.h"

namespace strings {
namespace {

using runtime::Value;

runtime::HeapOptions stressed() {
  runtime::HeapOptions options;
  options.isStressed = true;
  return options;
}

runtime::HeapOptions smallest() {
  runtime::HeapOptions options;
  options.maxBytes = uint64_t{1} << 20;
  return options;
}

class RopeTest : public StringsTest {};

class StressedStringsTest : public StringsTest {
 protected:
  StressedStringsTest() : StringsTest(stressed()) {}
};

class SmallHeapTest : public StringsTest {
 protected:
  SmallHeapTest() : StringsTest(smallest()) {}
};

uint32_t typeWordOf(const Value& value) {
  return reinterpret_cast<const abi::ObjectHeader*>(value.slot.i64)->type;
}

constexpr char16_t letterAt(uint32_t i) { return static_cast<char16_t>(u'a' + i % 26); }

TEST_F(RopeTest, LongConcatenationsAreRopesUntilTheyAreRead) {
  Value half = string(std::u16string(kMinRope / 2, u'x'));
  Value rope = call("concat", {half, half});
  EXPECT_EQ(typeWordOf(rope), runtime::stringTypeWord(runtime::StringRow::Latin1Rope));
  EXPECT_EQ(number("length", {rope}), kMinRope);
  Value wide = call("concat", {rope, string(u"\u4e16")});
  EXPECT_EQ(typeWordOf(wide), runtime::stringTypeWord(runtime::StringRow::Utf16Rope));
  EXPECT_EQ(number("charCodeAt", {wide, i32(kMinRope)}), 0x4e16u);
  EXPECT_EQ(number("charCodeAt", {wide, i32(0)}), uint32_t{'x'});
  EXPECT_EQ(number("equals", {rope, string(std::u16string(kMinRope, u'x'))}), 1u);
  EXPECT_EQ(text("concat", {wide, rope}), copyOf(wide.slot.i64) + copyOf(rope.slot.i64));
}

TEST_F(RopeTest, DeepRopesOnEitherSide) {
  constexpr uint32_t kCount = 20000;
  std::u16string expected;
  Value left = string(u"");
  Value right = string(u"");
  for (uint32_t i = 0; i < kCount; ++i) {
    expected += letterAt(i);
    left = call("concat", {left, string({expected.data() + i, 1})});
    char16_t mirrored = letterAt(kCount - 1 - i);
    right = call("concat", {string({&mirrored, 1}), right});
  }
  EXPECT_EQ(copyOf(left.slot.i64), expected);
  EXPECT_EQ(copyOf(right.slot.i64), expected);
  EXPECT_EQ(number("equals", {left, right}), 1u);
  EXPECT_EQ(copyOf(left.slot.i64), expected);
}

TEST_F(RopeTest, SharedParts) {
  Value doubled = string(u"0123456789");
  for (int i = 0; i < 10; ++i) doubled = call("concat", {doubled, doubled});
  std::u16string units = copyOf(doubled.slot.i64);
  EXPECT_EQ(units.size(), 10240u);
  EXPECT_EQ(text("substring", {doubled, i32(10), i32(20)}), u"0123456789");
  EXPECT_EQ(copyOf(doubled.slot.i64), units);
}

TEST_F(RopeTest, TooLongIsAFailedAllocation) {
  Value doubled = string(std::u16string(1 << 20, u'x'));
  for (int i = 0; i < 8; ++i) doubled = call("concat", {doubled, doubled});
  EXPECT_EQ(number("length", {doubled}), 1u << 28);
  EXPECT_EQ(trapOf("concat", {doubled, doubled}), "allocation failure");
}

TEST_F(RopeTest, IsOfNoTypeOfAModule) {
  Value rope = call("concat", {string(std::u16string(40, u'x')), string(u"y")});
  for (const Value& value : {rope, string(u"x"), string(u"\u4e16")}) {
    EXPECT_EQ(runtime::referentKind(value.slot.i64), runtime::ReferentKind::String);
    EXPECT_EQ(runtime::text(runtime::typeOf(value)), "(ref extern)");
    Value any = value;
    any.kind = abi::ValueKind::AnyRef;
    EXPECT_EQ(runtime::text(runtime::typeOf(any)), "(ref any)");
    EXPECT_GE(abi::typeIdOf(typeWordOf(value)), runtime::typeIdsEnd());
    for (uint32_t super : runtime::typeDescriptor(typeWordOf(value)).display) EXPECT_EQ(super, 0u);
  }
}

TEST_F(SmallHeapTest, FullHeapTraps) {
  Value rope = string(std::u16string(100'000, u'x'));
  rope = call("concat", {rope, rope});
  rope = call("concat", {rope, rope});
  rope = call("concat", {rope, rope});
  EXPECT_EQ(number("length", {rope}), 800'000u);
  Value other = string(std::u16string(200'000, u'y'));
  EXPECT_EQ(trapOf("charCodeAt", {rope, i32(0)}), "allocation failure");
  EXPECT_EQ(trapOf("measureStringAsUTF8", {rope}), "allocation failure");
  EXPECT_EQ(trapOf("compare", {other, rope}), "allocation failure");
  EXPECT_EQ(trapOf("substring", {rope, i32(1), i32(3)}), "allocation failure");
  Value wide = string(std::u16string(150'000, u'\u4e16'));
  EXPECT_EQ(trapOf("encodeStringToUTF8Array", {wide}), "allocation failure");
  EXPECT_FALSE(makeString(store_, std::u16string(1 << 20, u'z')).ok());
}

TEST_F(SmallHeapTest, GarbageIsCollected) {
  Value some = string(std::u16string(1000, u'x'));
  for (uint32_t i = 0; i < 10'000; ++i) {
    Value part = fixture::call(*instance_, "substring", {some, i32(1), i32(1000)});
    ASSERT_EQ(lengthOf(part.slot.i64), 999u);
  }
  EXPECT_GT(store_.state().heap->statistics().minorCollections, 0u);
  EXPECT_EQ(copyOf(some.slot.i64), std::u16string(1000, u'x'));
}

// Each allocation collects, and what is free is overwritten.
TEST_F(StressedStringsTest, OperandsSurviveCollections) {
  std::u16string expected;
  Value built = string(u"");
  for (uint32_t i = 0; i < 200; ++i) {
    char16_t unit = i % 7 == 0 ? char16_t(0x4e00 + i) : letterAt(i);
    expected += unit;
    built = call("concat", {built, call("fromCharCode", {i32(unit)})});
    if (i % 50 != 49) continue;
    EXPECT_EQ(number("charCodeAt", {built, i32(i)}), unit);
  }
  EXPECT_EQ(text("substring", {built, i32(3), i32(150)}), expected.substr(3, 147));
  Value bytes = call("encodeStringToUTF8Array", {built});
  uint32_t size = number("measureStringAsUTF8", {built});
  EXPECT_EQ(text("decodeStringFromUTF8Array", {bytes, i32(0), i32(size)}), expected);
  Value chars = charArray(expected);
  EXPECT_EQ(text("fromCharCodeArray", {chars, i32(0), i32(200)}), expected);
  store_.state().heap->verify();
}

// A rope that is old refers to a flat string that is young.
TEST_F(StressedStringsTest, FlatStringsOfOldRopesSurvive) {
  Value rope = call("concat", {string(std::u16string(40, u'x')), string(u"y")});
  store_.state().heap->collect(runtime::Heap::Collection::Full);
  EXPECT_EQ(number("charCodeAt", {rope, i32(40)}), uint32_t{'y'});
  store_.state().heap->collect(runtime::Heap::Collection::Minor);
  string(u"overwrites free memory");
  EXPECT_EQ(copyOf(rope.slot.i64), std::u16string(40, u'x') + u'y');
}

// Both operands become flat, one after the other.
TEST_F(StressedStringsTest, ComparesRopes) {
  auto rope = [&] { return call("concat", {string(std::u16string(40, u'x')), string(u"y")}); };
  EXPECT_EQ(number("equals", {rope(), rope()}), 1u);
  EXPECT_EQ(number("compare", {rope(), rope()}), 0u);
}

}  // namespace
}  // namespace strings
