// Conversions between UTF-8 and code units of UTF-16 (Unicode standard, section 3.9). What is
// ill-formed becomes U+FFFD, as the Encoding standard demands: see base::decodeUtf8() for UTF-8; in
// UTF-16, each unpaired surrogate is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/strings/string_object.h"

namespace strings {

// What a text takes in UTF-16.
struct Utf16Size {
  uint64_t units;
  bool isLatin1;  // all units are below 256
};

// Returns the size of a text.
Utf16Size utf16SizeOf(std::string_view utf8);
// Write the code units of a text to `out`, which has room for them.
void toUtf16(std::string_view utf8, char16_t* out);
void toLatin1(std::string_view utf8, uint8_t* out);

// Returns the number of bytes that the units take in UTF-8.
uint64_t utf8SizeOf(const Units& units);
// Writes the units in UTF-8 to `out`, which has room for them.
void toUtf8(const Units& units, uint8_t* out);

// Returns the code point at an index, which is less than the length. An unpaired surrogate is
// returned itself.
char32_t codePointAt(const Units& units, uint32_t index);

constexpr bool isHighSurrogate(char32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
constexpr bool isLowSurrogate(char32_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }
constexpr bool isSurrogate(char32_t unit) { return unit >= 0xd800 && unit <= 0xdfff; }

// The first code point that takes two code units.
inline constexpr char32_t kFirstPair = 0x10000;

// Returns the code point of two code units.
constexpr char32_t fromPair(char32_t high, char32_t low) {
  return kFirstPair + ((high - 0xd800) << 10) + (low - 0xdc00);
}
// Return the code units of a code point from kFirstPair on.
constexpr char16_t highSurrogateOf(char32_t codePoint) {
  return static_cast<char16_t>(0xd800 + ((codePoint - kFirstPair) >> 10));
}
constexpr char16_t lowSurrogateOf(char32_t codePoint) {
  return static_cast<char16_t>(0xdc00 + ((codePoint - kFirstPair) & 0x3ff));
}

// Appends a code point, which is no surrogate, in UTF-8.
void appendUtf8(std::string& out, char32_t codePoint);

}  // namespace strings
