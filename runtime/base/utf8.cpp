#include "runtime/base/utf8.h"

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

bool isControl(char32_t codePoint, LineBreaks lineBreaks) {
  if (codePoint == '\n' || codePoint == '\t') return lineBreaks == LineBreaks::Escaped;
  constexpr char32_t kDelete = 0x7f, kLast = 0x9f;
  return codePoint < ' ' || (codePoint >= kDelete && codePoint <= kLast);
}

}  // namespace

Decoded decodeUtf8(std::string_view text) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const Sequence* sequence = sequenceOf(byte(0));
  if (sequence == nullptr) return {kReplacementCharacter, 1, false};
  // The first of n > 1 bytes has n + 1 bits before those of the code point.
  char32_t codePoint = sequence->length == 1 ? byte(0) : byte(0) & (0x7fu >> sequence->length);
  for (uint8_t i = 1; i < sequence->length; ++i) {
    uint8_t low = i == 1 ? sequence->secondLow : 0x80;
    uint8_t high = i == 1 ? sequence->secondHigh : 0xbf;
    if (i == text.size() || byte(i) < low || byte(i) > high) {
      return {kReplacementCharacter, i, false};
    }
    codePoint = codePoint << 6 | (byte(i) & 0x3fu);
  }
  return {codePoint, sequence->length, true};
}

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    Decoded decoded = decodeUtf8(text);
    if (!decoded.isValid) return false;
    text.remove_prefix(decoded.length);
  }
  return true;
}

std::string printable(std::string_view text, LineBreaks lineBreaks) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (Decoded next{}; !text.empty(); text.remove_prefix(next.length)) {
    next = decodeUtf8(text);
    if (!isControl(next.codePoint, lineBreaks)) {
      out += text.substr(0, next.length);
      continue;
    }
    out += "\\u{";
    if (next.codePoint > 0xf) out += kDigits[next.codePoint / 16];
    out += kDigits[next.codePoint % 16];
    out += '}';
  }
  return out;
}

}  // namespace base
