// Classes of the characters in tokens of the text format (section 6.2), as a table lookup.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "runtime/base/digits.h"

namespace wasm {

namespace characters {
// A character may be in several classes, so they are bits.
enum Class : uint8_t {
  kSpace = 1,       // including newlines
  kIdentifier = 2,  // "idchar" of the specification
  kString = 4,      // needs no escape in a string; includes all bytes of non-ASCII characters
  kSeparator = 8    // , ; [ ] { }, which occur only in reserved tokens
};

// Returns the classes of each byte. Bytes of non-ASCII characters are only in kString.
constexpr auto classify() {
  std::array<uint8_t, 256> table{};
  auto mark = [&](std::string_view set, uint8_t bits) {
    for (char c : set) table[static_cast<uint8_t>(c)] |= bits;
  };
  mark(" \t\n\r", kSpace);
  mark("0123456789", kIdentifier);
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", kIdentifier);
  mark("!#$%&'*+-./:<=>?@\\^_`|~", kIdentifier);
  mark(",;[]{}", kSeparator);
  for (uint32_t c = 0x20; c < table.size(); ++c) {
    if (c != '"' && c != '\\' && c != 0x7f) table[c] |= kString;
  }
  return table;
}
// The classes by byte, as unsigned numbers.
inline constexpr std::array<uint8_t, 256> kClasses = classify();
}  // namespace characters

// Return whether a byte is in at least one of the classes.
constexpr bool hasClass(char c, uint8_t classes) {
  return (characters::kClasses[static_cast<uint8_t>(c)] & classes) != 0;
}
constexpr bool isSpace(char c) { return hasClass(c, characters::kSpace); }
constexpr bool isIdentifierCharacter(char c) { return hasClass(c, characters::kIdentifier); }
constexpr bool isStringCharacter(char c) { return hasClass(c, characters::kString); }

using base::hexDigit;
using base::isDigit;
using base::isHexDigit;

}  // namespace wasm
