// Tests of the builtins of wasm:js-string.
#include "runtime/fixture/strings.h"

namespace strings {
namespace {

using runtime::Value;

constexpr const char* kNull = "null reference";
constexpr const char* kNoString = "cast failure";

class JsStringTest : public StringsTest {};

TEST_F(JsStringTest, TestAndCastTellStringsFromOtherReferences) {
  Value some = string(u"x");
  EXPECT_EQ(number("test", {some}), 1u);
  EXPECT_EQ(number("test", {string(u"")}), 1u);
  EXPECT_EQ(number("test", {null()}), 0u);
  EXPECT_EQ(call("cast", {some}).slot.i64, some.slot.i64);
  EXPECT_EQ(trapOf("cast", {null()}), kNull);
  for (const Value& other : otherReferences()) {
    EXPECT_EQ(number("test", {other}), 0u);
    EXPECT_EQ(trapOf("cast", {other}), kNoString);
  }
}

TEST_F(JsStringTest, AllRefuseNullAndOtherReferences) {
  Value some = string(u"x");
  Value chars = charArray(u"abc");
  std::vector<Value> others = otherReferences();
  others.push_back(null());
  for (const Value& other : others) {
    std::string message = other.slot.i64 == 0 ? kNull : kNoString;
    EXPECT_EQ(trapOf("intoCharCodeArray", {other, chars, i32(0)}), message);
    EXPECT_EQ(trapOf("charCodeAt", {other, i32(0)}), message);
    EXPECT_EQ(trapOf("codePointAt", {other, i32(0)}), message);
    EXPECT_EQ(trapOf("length", {other}), message);
    EXPECT_EQ(trapOf("concat", {other, some}), message);
    EXPECT_EQ(trapOf("concat", {some, other}), message);
    EXPECT_EQ(trapOf("substring", {other, i32(0), i32(0)}), message);
    EXPECT_EQ(trapOf("compare", {other, some}), message);
    EXPECT_EQ(trapOf("compare", {some, other}), message);
  }
}

TEST_F(JsStringTest, FromCharCodeTakesTheLowBits) {
  EXPECT_EQ(text("fromCharCode", {i32('a')}), u"a");
  EXPECT_EQ(text("fromCharCode", {i32(0)}), std::u16string(1, u'\0'));
  EXPECT_EQ(text("fromCharCode", {i32(0xffff)}), u"\uffff");
  EXPECT_EQ(text("fromCharCode", {i32(0x10041)}), u"A");
  EXPECT_EQ(text("fromCharCode", {i32(0xffffd800)}), std::u16string(1, char16_t{0xd800}));
}

TEST_F(JsStringTest, FromCodePointMakesPairs) {
  EXPECT_EQ(text("fromCodePoint", {i32('a')}), u"a");
  EXPECT_EQ(text("fromCodePoint", {i32(0xffff)}), u"\uffff");
  EXPECT_EQ(text("fromCodePoint", {i32(0x10000)}), u"\U00010000");
  EXPECT_EQ(text("fromCodePoint", {i32(0x10ffff)}), u"\U0010ffff");
  EXPECT_EQ(text("fromCodePoint", {i32(0xdfff)}), std::u16string(1, char16_t{0xdfff}));
  EXPECT_EQ(trapOf("fromCodePoint", {i32(0x110000)}), "invalid code point");
  EXPECT_EQ(trapOf("fromCodePoint", {i32(UINT32_MAX)}), "invalid code point");
}

TEST_F(JsStringTest, CharCodeAtChecksTheIndex) {
  for (auto units : {u"ab\u00ff", u"a\u4e16\uffff"}) {
    Value some = string(units);
    for (uint32_t i = 0; i < 3; ++i) EXPECT_EQ(number("charCodeAt", {some, i32(i)}), units[i]);
    EXPECT_EQ(trapOf("charCodeAt", {some, i32(3)}), "out of bounds string access");
    EXPECT_EQ(trapOf("charCodeAt", {some, i32(UINT32_MAX)}), "out of bounds string access");
  }
  EXPECT_EQ(trapOf("charCodeAt", {string(u""), i32(0)}), "out of bounds string access");
}

TEST_F(JsStringTest, CodePointAtJoinsPairs) {
  Value some = string(u"a\U0001f600\xd83d");
  EXPECT_EQ(number("codePointAt", {some, i32(0)}), uint32_t{'a'});
  EXPECT_EQ(number("codePointAt", {some, i32(1)}), 0x1f600u);
  EXPECT_EQ(number("codePointAt", {some, i32(2)}), 0xde00u);
  EXPECT_EQ(number("codePointAt", {some, i32(3)}), 0xd83du);
  EXPECT_EQ(trapOf("codePointAt", {some, i32(4)}), "out of bounds string access");
  std::u16string unpaired = {0xd83d, u'x'};
  EXPECT_EQ(number("codePointAt", {string(unpaired), i32(0)}), 0xd83du);
}

TEST_F(JsStringTest, LengthCountsUnits) {
  EXPECT_EQ(number("length", {string(u"")}), 0u);
  EXPECT_EQ(number("length", {string(u"a\U0001f600")}), 3u);
}

TEST_F(JsStringTest, FromCharCodeArrayChecksTheRange) {
  Value chars = charArray(u"ab\u4e16d");
  EXPECT_EQ(text("fromCharCodeArray", {chars, i32(0), i32(4)}), u"ab\u4e16d");
  EXPECT_EQ(text("fromCharCodeArray", {chars, i32(0), i32(2)}), u"ab");
  EXPECT_EQ(text("fromCharCodeArray", {chars, i32(4), i32(4)}), u"");
  EXPECT_EQ(trapOf("fromCharCodeArray", {chars, i32(0), i32(5)}), "out of bounds array access");
  EXPECT_EQ(trapOf("fromCharCodeArray", {chars, i32(3), i32(2)}), "out of bounds array access");
  EXPECT_EQ(trapOf("fromCharCodeArray", {chars, i32(5), i32(5)}), "out of bounds array access");
  EXPECT_EQ(trapOf("fromCharCodeArray", {chars, i32(UINT32_MAX), i32(1)}),
            "out of bounds array access");
  EXPECT_EQ(trapOf("fromCharCodeArray", {nullArray(), i32(0), i32(0)}), "null array reference");
}

TEST_F(JsStringTest, IntoCharCodeArrayChecksTheRange) {
  for (auto units : {u"xy", u"x\u4e16"}) {
    Value some = string(units);
    Value chars = charArray(u"abcd");
    EXPECT_EQ(number("intoCharCodeArray", {some, chars, i32(2)}), 2u);
    EXPECT_EQ(charsOf(chars), std::u16string(u"ab") + units);
    EXPECT_EQ(trapOf("intoCharCodeArray", {some, chars, i32(3)}), "out of bounds array access");
    EXPECT_EQ(trapOf("intoCharCodeArray", {some, chars, i32(UINT32_MAX)}),
              "out of bounds array access");
    EXPECT_EQ(trapOf("intoCharCodeArray", {some, nullArray(), i32(0)}), "null array reference");
    EXPECT_EQ(charsOf(chars), std::u16string(u"ab") + units);
  }
  EXPECT_EQ(number("intoCharCodeArray", {string(u""), charArray(u"abc"), i32(3)}), 0u);
}

TEST_F(JsStringTest, ConcatOfAllWidths) {
  Value narrow = string(u"a\u00ff");
  Value wide = string(u"\u4e16");
  EXPECT_EQ(text("concat", {narrow, wide}), u"a\u00ff\u4e16");
  EXPECT_EQ(text("concat", {wide, narrow}), u"\u4e16a\u00ff");
  EXPECT_EQ(text("concat", {narrow, narrow}), u"a\u00ffa\u00ff");
  EXPECT_EQ(call("concat", {narrow, string(u"")}).slot.i64, narrow.slot.i64);
  EXPECT_EQ(call("concat", {string(u""), wide}).slot.i64, wide.slot.i64);
  // Halves of a pair become one.
  Value high = call("fromCharCode", {i32(0xd83d)});
  Value low = call("fromCharCode", {i32(0xde00)});
  EXPECT_EQ(number("codePointAt", {call("concat", {high, low}), i32(0)}), 0x1f600u);
}

TEST_F(JsStringTest, SubstringClampsTheEnd) {
  Value some = string(u"abc\u4e16");
  EXPECT_EQ(text("substring", {some, i32(1), i32(3)}), u"bc");
  EXPECT_EQ(text("substring", {some, i32(3), i32(4)}), u"\u4e16");
  EXPECT_EQ(text("substring", {some, i32(2), i32(UINT32_MAX)}), u"c\u4e16");
  EXPECT_EQ(text("substring", {some, i32(4), i32(9)}), u"");
  EXPECT_EQ(text("substring", {some, i32(5), i32(9)}), u"");
  EXPECT_EQ(text("substring", {some, i32(3), i32(1)}), u"");
  EXPECT_EQ(text("substring", {some, i32(UINT32_MAX), i32(UINT32_MAX)}), u"");
  EXPECT_EQ(text("substring", {some, i32(0), i32(4)}), u"abc\u4e16");
}

TEST_F(JsStringTest, EqualsAcceptsNull) {
  Value some = string(u"abc");
  EXPECT_EQ(number("equals", {null(), null()}), 1u);
  EXPECT_EQ(number("equals", {some, null()}), 0u);
  EXPECT_EQ(number("equals", {null(), some}), 0u);
  EXPECT_EQ(number("equals", {some, some}), 1u);
  EXPECT_EQ(number("equals", {some, string(u"abc")}), 1u);
  EXPECT_EQ(number("equals", {some, string(u"abd")}), 0u);
  EXPECT_EQ(number("equals", {some, string(u"ab")}), 0u);
  EXPECT_EQ(number("equals", {some, string(u"ab\u4e16")}), 0u);
  EXPECT_EQ(number("equals", {string(u""), null()}), 0u);
  for (const Value& other : otherReferences()) {
    EXPECT_EQ(trapOf("equals", {other, some}), kNoString);
    EXPECT_EQ(trapOf("equals", {null(), other}), kNoString);
    EXPECT_EQ(trapOf("equals", {other, other}), kNoString);
  }
}

TEST_F(JsStringTest, CompareOrdersByUnits) {
  auto compare = [&](std::u16string_view left, std::u16string_view right) {
    return static_cast<int32_t>(number("compare", {string(left), string(right)}));
  };
  EXPECT_EQ(compare(u"", u""), 0);
  EXPECT_EQ(compare(u"abc", u"abc"), 0);
  EXPECT_EQ(compare(u"", u"a"), -1);
  EXPECT_EQ(compare(u"a", u""), 1);
  EXPECT_EQ(compare(u"ab", u"abc"), -1);
  EXPECT_EQ(compare(u"b", u"abc"), 1);
  EXPECT_EQ(compare(u"\u00ff", u"\u0100"), -1);
  EXPECT_EQ(compare(u"\u4e16a", u"\u4e16b"), -1);
  // A pair precedes U+FFFF, although its code point is higher.
  EXPECT_EQ(compare(u"\U00010000", u"\uffff"), -1);
}

// The width of a string does not matter, only its units do.
TEST_F(JsStringTest, PartsOfWideStringsEqualNarrowOnes) {
  Value wide = string(u"abc\u4e16");
  Value part = call("substring", {wide, i32(0), i32(3)});
  EXPECT_EQ(number("equals", {part, string(u"abc")}), 1u);
  EXPECT_EQ(number("compare", {part, string(u"abc")}), 0u);
}

}  // namespace
}  // namespace strings
