#include "runtime/base/utf8.h"

#include <cstdint>

namespace base {
namespace {

// A row of table 3-7 of the Unicode standard. The range of the second byte excludes overlong forms,
// surrogates and code points above U+10FFFF; every later byte is in 80..BF.
struct Sequence {
  uint8_t firstLow, firstHigh;
  uint8_t length;
  uint8_t secondLow, secondHigh;
};

constexpr Sequence kSequences[] = {
    {0x00, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

const Sequence* sequenceOf(uint8_t first) {
  for (const Sequence& sequence : kSequences) {
    if (first >= sequence.firstLow && first <= sequence.firstHigh) return &sequence;
  }
  return nullptr;
}

}  // namespace

bool isUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Sequence* sequence = sequenceOf(static_cast<uint8_t>(text[at]));
    if (sequence == nullptr || text.size() - at < sequence->length) return false;
    for (size_t i = 1; i < sequence->length; ++i) {
      uint8_t low = i == 1 ? sequence->secondLow : 0x80;
      uint8_t high = i == 1 ? sequence->secondHigh : 0xbf;
      uint8_t byte = static_cast<uint8_t>(text[at + i]);
      if (byte < low || byte > high) return false;
    }
    at += sequence->length;
  }
  return true;
}

}  // namespace base
