// The classes of characters that the text format's tokens are made of (section 6.3).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "runtime/base/digits.h"

namespace wasm {

namespace characters {
enum Class : uint8_t {
  kSpace = 1,  // also newlines
  kIdentifier = 2,
  kString = 4,    // stands for itself in a string; part of non-ASCII characters included
  kSeparator = 8  // , ; [ ] { }: only in tokens reserved for later
};

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
inline constexpr std::array<uint8_t, 256> kClasses = classify();
}  // namespace characters

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
