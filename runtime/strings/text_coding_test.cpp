// Tests of the builtins of wasm:text-encoder and wasm:text-decoder.
#include "runtime/fixture/strings.h"

namespace strings {
namespace {

using runtime::Value;

class TextCodingTest : public StringsTest {
 protected:
  std::u16string decode(std::string_view bytes) {
    return text("decodeStringFromUTF8Array",
                {byteArray(bytes), i32(0), i32(static_cast<uint32_t>(bytes.size()))});
  }
  std::string encode(std::u16string_view units) {
    Value some = string(units);
    std::string bytes = bytesOf(call("encodeStringToUTF8Array", {some}));
    EXPECT_EQ(number("measureStringAsUTF8", {some}), bytes.size());
    return bytes;
  }
};

TEST_F(TextCodingTest, EncodesAllLengths) {
  EXPECT_EQ(encode(u""), "");
  EXPECT_EQ(encode(u"a\u007f\u0080\u00ff"), "a\x7f\xc2\x80\xc3\xbf");
  EXPECT_EQ(encode(u"\u07ff\u0800\uffff"), "\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf");
  EXPECT_EQ(encode(u"\U00010000\U0010ffff"), "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
}

TEST_F(TextCodingTest, UnpairedSurrogatesAreReplaced) {
  EXPECT_EQ(encode(std::u16string{0xd83d}), "\xef\xbf\xbd");
  EXPECT_EQ(encode(std::u16string{0xde00, 0xd83d, u'x'}), "\xef\xbf\xbd\xef\xbf\xbdx");
  EXPECT_EQ(encode(std::u16string{0xd83d, 0xd83d, 0xde00}), "\xef\xbf\xbd\xf0\x9f\x98\x80");
}

TEST_F(TextCodingTest, EncodesIntoAnArray) {
  Value some = string(u"\u00e4b");
  Value bytes = byteArray("12345");
  EXPECT_EQ(number("encodeStringIntoUTF8Array", {some, bytes, i32(2)}), 3u);
  EXPECT_EQ(bytesOf(bytes),
            "12\xc3\xa4"
            "b");
  EXPECT_EQ(trapOf("encodeStringIntoUTF8Array", {some, bytes, i32(3)}),
            "out of bounds array access");
  EXPECT_EQ(trapOf("encodeStringIntoUTF8Array", {some, bytes, i32(UINT32_MAX)}),
            "out of bounds array access");
  EXPECT_EQ(trapOf("encodeStringIntoUTF8Array", {some, nullArray(), i32(0)}),
            "null array reference");
  EXPECT_EQ(number("encodeStringIntoUTF8Array", {string(u""), bytes, i32(5)}), 0u);
}

TEST_F(TextCodingTest, RefusesNullAndOtherReferences) {
  std::vector<Value> others = otherReferences();
  others.push_back(null());
  for (const Value& other : others) {
    std::string message = other.slot.i64 == 0 ? "null reference" : "cast failure";
    EXPECT_EQ(trapOf("measureStringAsUTF8", {other}), message);
    EXPECT_EQ(trapOf("encodeStringToUTF8Array", {other}), message);
    EXPECT_EQ(trapOf("encodeStringIntoUTF8Array", {other, byteArray("abc"), i32(0)}), message);
  }
}

TEST_F(TextCodingTest, DecodesAllLengths) {
  EXPECT_EQ(decode(""), u"");
  EXPECT_EQ(decode("a\xc3\xbf"), u"a\u00ff");
  EXPECT_EQ(decode("\xe4\xb8\x96!"), u"\u4e16!");
  EXPECT_EQ(decode("\xf0\x9f\x98\x80"), u"\U0001f600");
  EXPECT_EQ(decode(std::string_view("a\0b", 3)), std::u16string_view(u"a\0b", 3));
}

// The examples of the Encoding standard's tests, and of table 3-8 of the Unicode standard.
TEST_F(TextCodingTest, IllFormedPartsAreReplaced) {
  EXPECT_EQ(decode("\xff"), u"\ufffd");
  EXPECT_EQ(decode("\xc0\xaf"), u"\ufffd\ufffd");
  EXPECT_EQ(decode("\xe2\x82"), u"\ufffd");
  EXPECT_EQ(decode("\xed\xa0\x80"), u"\ufffd\ufffd\ufffd");
  EXPECT_EQ(decode("\xf4\x91\x92\x93\xff"), u"\ufffd\ufffd\ufffd\ufffd\ufffd");
  EXPECT_EQ(decode("a\xf1\x80\x80\xe1\x80\xc2"
                   "b\x80"
                   "c"),
            u"a\ufffd\ufffd\ufffdb\ufffdc");
}

TEST_F(TextCodingTest, SkipsOneByteOrderMark) {
  EXPECT_EQ(decode("\xef\xbb\xbf"), u"");
  EXPECT_EQ(decode("\xef\xbb\xbf\xef\xbb\xbfx"), u"\ufeffx");
  EXPECT_EQ(decode("x\xef\xbb\xbf"), u"x\ufeff");
}

TEST_F(TextCodingTest, DecodingChecksTheRange) {
  Value bytes = byteArray("abc");
  EXPECT_EQ(text("decodeStringFromUTF8Array", {bytes, i32(1), i32(2)}), u"b");
  EXPECT_EQ(text("decodeStringFromUTF8Array", {bytes, i32(3), i32(3)}), u"");
  for (auto [begin, end] : {std::pair(0u, 4u), {2u, 1u}, {4u, 4u}, {UINT32_MAX, 0u}}) {
    EXPECT_EQ(trapOf("decodeStringFromUTF8Array", {bytes, i32(begin), i32(end)}),
              "out of bounds array access");
  }
  EXPECT_EQ(trapOf("decodeStringFromUTF8Array", {nullArray(), i32(0), i32(0)}),
            "null array reference");
}

}  // namespace
}  // namespace strings
