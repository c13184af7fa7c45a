#include "compiler/wasm/text/lex/string_literal.h"

#include <cstdint>

#include "compiler/wasm/text/lex/characters.h"

namespace wasm {
namespace {

// The range of Unicode scalar values: up to U+10FFFF, without the surrogates.
constexpr uint32_t kMaxScalar = 0x10ffff;
constexpr uint32_t kFirstSurrogate = 0xd800;
constexpr uint32_t kLastSurrogate = 0xdfff;

struct Escape {
  size_t length = 0;  // 0 if malformed
  bool isScalar = false;
  uint32_t value = 0;  // of the byte or of the Unicode scalar value
};

// Parses \u{hexnum}. The digits may have underscores between them (section 6.3.1).
Escape unicodeEscape(std::string_view text) {
  if (!text.starts_with("\\u{")) return {};
  uint32_t value = 0;
  bool afterDigit = false;
  for (size_t at = 3; at < text.size(); ++at) {
    char c = text[at];
    if (c == '}' && afterDigit) {
      bool isSurrogate = value >= kFirstSurrogate && value <= kLastSurrogate;
      return isSurrogate ? Escape{} : Escape{at + 1, true, value};
    }
    if (c == '_' && afterDigit) {
      afterDigit = false;
      continue;
    }
    if (!isHexDigit(c)) return {};
    value = value * 16 + hexDigit(c);
    // Checked for each digit, so that the value cannot overflow.
    if (value > kMaxScalar) return {};
    afterDigit = true;
  }
  return {};
}

// Parses an escape sequence at the start of `text` (section 6.3.3).
Escape readEscape(std::string_view text) {
  if (text.size() < 2) return {};
  switch (text[1]) {
    case 't':
      return {2, false, '\t'};
    case 'n':
      return {2, false, '\n'};
    case 'r':
      return {2, false, '\r'};
    case '"':
    case '\'':
    case '\\':
      return {2, false, static_cast<uint8_t>(text[1])};
    case 'u':
      return unicodeEscape(text);
  }
  if (text.size() < 3 || !isHexDigit(text[1]) || !isHexDigit(text[2])) return {};
  return {3, false, static_cast<uint32_t>(hexDigit(text[1]) * 16 + hexDigit(text[2]))};
}

// Appends a Unicode scalar value as one to four bytes of UTF-8.
void appendUtf8(std::string& out, uint32_t scalar) {
  auto trailing = [&](uint32_t shift) {
    out.push_back(static_cast<char>(0x80 | ((scalar >> shift) & 0x3f)));
  };
  if (scalar < 0x80) {
    out.push_back(static_cast<char>(scalar));
  } else if (scalar < 0x800) {
    out.push_back(static_cast<char>(0xc0 | scalar >> 6));
    trailing(0);
  } else if (scalar < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | scalar >> 12));
    trailing(6);
    trailing(0);
  } else {
    out.push_back(static_cast<char>(0xf0 | scalar >> 18));
    trailing(12);
    trailing(6);
    trailing(0);
  }
}

}  // namespace

size_t escapeLength(std::string_view text) { return readEscape(text).length; }

void appendUnescaped(std::string& out, std::string_view contents) {
  while (!contents.empty()) {
    size_t plain = contents.find('\\');
    out.append(contents.substr(0, plain));
    if (plain == std::string_view::npos) return;
    contents.remove_prefix(plain);
    Escape escape = readEscape(contents);
    if (escape.isScalar) {
      appendUtf8(out, escape.value);
    } else {
      out.push_back(static_cast<char>(escape.value));
    }
    contents.remove_prefix(escape.length);
  }
}

}  // namespace wasm
