#include "runtime/strings/transcode.h"

#include "runtime/base/utf8.h"

namespace strings {
namespace {

// Calls use() for the code points of a text.
template <class Use>
void forEachCodePoint(std::string_view utf8, Use use) {
  while (!utf8.empty()) {
    base::Decoded decoded = base::decodeUtf8(utf8);
    use(decoded.codePoint);
    utf8.remove_prefix(decoded.length);
  }
}

// The same for code units. Unpaired surrogates are replaced.
template <class Use>
void forEachCodePoint(std::u16string_view units, Use use) {
  for (size_t i = 0; i < units.size(); ++i) {
    char32_t unit = units[i];
    if (isHighSurrogate(unit) && i + 1 < units.size() && isLowSurrogate(units[i + 1])) {
      use(fromPair(unit, units[++i]));
    } else {
      use(isSurrogate(unit) ? base::kReplacementCharacter : unit);
    }
  }
}

template <class Use>
void forEachCodePoint(std::basic_string_view<uint8_t> latin1, Use use) {
  for (uint8_t unit : latin1) use(char32_t{unit});
}

constexpr uint32_t utf8LengthOf(char32_t codePoint) {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < kFirstPair ? 3 : 4;
}

// Writes a code point in UTF-8, and returns the end.
template <class Byte>
Byte* writeUtf8(Byte* out, char32_t codePoint) {
  uint32_t length = utf8LengthOf(codePoint);
  if (length == 1) {
    *out = static_cast<Byte>(codePoint);
    return out + 1;
  }
  // The first byte has as many leading ones as there are bytes.
  for (uint32_t i = length - 1; i > 0; --i, codePoint >>= 6) {
    out[i] = static_cast<Byte>(0x80 | (codePoint & 0x3f));
  }
  out[0] = static_cast<Byte>((0xf00u >> length) | codePoint);
  return out + length;
}

}  // namespace

Utf16Size utf16SizeOf(std::string_view utf8) {
  Utf16Size size{0, true};
  forEachCodePoint(utf8, [&size](char32_t codePoint) {
    size.units += codePoint < kFirstPair ? 1 : 2;
    if (codePoint >= 0x100) size.isLatin1 = false;
  });
  return size;
}

void toUtf16(std::string_view utf8, char16_t* out) {
  forEachCodePoint(utf8, [&out](char32_t codePoint) {
    if (codePoint < kFirstPair) {
      *out++ = static_cast<char16_t>(codePoint);
    } else {
      *out++ = highSurrogateOf(codePoint);
      *out++ = lowSurrogateOf(codePoint);
    }
  });
}

void toLatin1(std::string_view utf8, uint8_t* out) {
  forEachCodePoint(utf8, [&out](char32_t codePoint) { *out++ = static_cast<uint8_t>(codePoint); });
}

uint64_t utf8SizeOf(const Units& units) {
  uint64_t size = 0;
  units.visit([&size](auto view) {
    forEachCodePoint(view, [&size](char32_t codePoint) { size += utf8LengthOf(codePoint); });
  });
  return size;
}

void toUtf8(const Units& units, uint8_t* out) {
  units.visit([&out](auto view) {
    forEachCodePoint(view, [&out](char32_t codePoint) { out = writeUtf8(out, codePoint); });
  });
}

char32_t codePointAt(const Units& units, uint32_t index) {
  char32_t unit = units[index];
  if (!isHighSurrogate(unit) || index + 1 == units.length()) return unit;
  char32_t next = units[index + 1];
  return isLowSurrogate(next) ? fromPair(unit, next) : unit;
}

void appendUtf8(std::string& out, char32_t codePoint) {
  char bytes[4];
  out.append(bytes, writeUtf8(bytes, codePoint));
}

}  // namespace strings
