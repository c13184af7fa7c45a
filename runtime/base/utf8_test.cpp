#include "runtime/base/utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/base/result.h"

namespace base {
namespace {

// A slow decoder that follows the definition, for comparison.
std::optional<uint32_t> decodeOne(const std::string& text) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  if (text.size() != length || (byte(0) & 0xc0) == 0x80 || byte(0) >= 0xf8) return std::nullopt;
  uint32_t value = length == 1 ? byte(0) : byte(0) & (0x7fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return std::nullopt;
    value = value << 6 | (byte(i) & 0x3f);
  }
  constexpr uint32_t kFirst[] = {0, 0, 0x80, 0x800, 0x10000};
  bool isSurrogate = value >= 0xd800 && value < 0xe000;
  if (value < kFirst[length] || value > 0x10ffff || isSurrogate) return std::nullopt;
  return value;
}

TEST(Utf8, AllSequencesOfOneAndTwoBytes) {
  for (int first = 0; first < 256; ++first) {
    std::string one(1, static_cast<char>(first));
    EXPECT_EQ(isUtf8(one), decodeOne(one).has_value()) << first;
    for (int second = 0; second < 256; ++second) {
      std::string two = one + static_cast<char>(second);
      bool expected = decodeOne(two) || (first < 0x80 && second < 0x80);
      EXPECT_EQ(isUtf8(two), expected) << first << ' ' << second;
    }
  }
}

TEST(Utf8, LongerSequencesAtTheirBounds) {
  constexpr uint8_t kBounds[] = {0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0};
  for (int first = 0xe0; first < 0x100; ++first) {
    for (uint8_t second : kBounds) {
      for (uint8_t third : kBounds) {
        std::string text = {static_cast<char>(first), static_cast<char>(second),
                            static_cast<char>(third)};
        EXPECT_EQ(isUtf8(text), decodeOne(text).has_value());
        for (uint8_t fourth : kBounds) {
          std::string longer = text + static_cast<char>(fourth);
          bool endsInAscii = fourth < 0x80 && isUtf8(text);
          EXPECT_EQ(isUtf8(longer), decodeOne(longer).has_value() || endsInAscii);
        }
      }
    }
  }
}

TEST(Utf8, WholeStrings) {
  EXPECT_TRUE(isUtf8(""));
  EXPECT_TRUE(isUtf8("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z"));
  EXPECT_FALSE(isUtf8("a\xc3\xa4\xe2\x82"));
}

TEST(Printable, EscapesControlCharacters) {
  EXPECT_EQ(printable("plain"), "plain");
  EXPECT_EQ(printable("\x1b[31mred\x07"), "\\u{1b}[31mred\\u{7}");
  EXPECT_EQ(printable("a\nb\tc\x7f"), "a\\u{a}b\\u{9}c\\u{7f}");
  EXPECT_EQ(printable("\xc2\x9b[31m"), "\\u{9b}[31m");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\u{0}");
}

TEST(Printable, KeepsOtherCharacters) {
  EXPECT_EQ(printable("\xc2\xa0\xc3\xa4\xe2\x82\xac"), "\xc2\xa0\xc3\xa4\xe2\x82\xac");
  EXPECT_EQ(printable("\xc2"), "\xc2");
  EXPECT_EQ(printable("a\nb\tc", LineBreaks::Kept), "a\nb\tc");
}

TEST(Printable, AppliesToErrors) {
  EXPECT_EQ((Error{"a.wasm", "no \x1b]0;title\x07"}.text()), "a.wasm: no \\u{1b}]0;title\\u{7}");
}

}  // namespace
}  // namespace base
