// Decimal and hexadecimal digits of ASCII, independent of the locale.
#pragma once

#include <cstdint>

namespace base {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isHexDigit(char c) { return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

// Returns the value of a hexadecimal digit. Requires isHexDigit(c).
constexpr uint8_t hexDigit(char c) {
  return static_cast<uint8_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

}  // namespace base
