#include "compiler/wasm/text/print/text_output.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "compiler/wasm/text/lex/characters.h"

namespace wasm {
namespace {

// The deepest indentation in steps of two blanks.
constexpr uint32_t kDeepestIndent = 20;
constexpr char kHexDigits[] = "0123456789abcdef";

// std::to_chars() does not depend on the locale and gives the shortest number for a float.
template <class T, class... Base>
void appendNumber(std::string& out, T value, Base... base) {
  char digits[64];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value, base...);
  out.append(digits, end);
}

// Appends the float with these bits, of which the lowest `fraction` ones are the fraction.
// std::to_chars() does not print the payload of a NaN, so infinities and NaNs are printed from the
// bits.
template <class Float, class Bits>
void appendFloat(std::string& out, Bits bits, uint32_t fraction) {
  constexpr Bits kSign = Bits{1} << (sizeof(Bits) * 8 - 1);
  const Bits payloads = (Bits{1} << fraction) - 1;
  const Bits exponents = static_cast<Bits>(~kSign & ~payloads);
  if ((bits & exponents) != exponents) return appendNumber(out, std::bit_cast<Float>(bits));
  if ((bits & kSign) != 0) out += '-';
  const Bits payload = bits & payloads;
  if (payload == 0) {
    out += "inf";
    return;
  }
  out += "nan";
  // The canonical NaN has the abbreviation `nan`.
  const Bits canonical = Bits{1} << (fraction - 1);
  if (payload == canonical) return;
  out += ":0x";
  appendNumber(out, payload, 16);
}

}  // namespace

void TextOutput::natural(uint64_t value) { appendNumber(text_, value); }
void TextOutput::integer(int64_t value) { appendNumber(text_, value); }

void TextOutput::hexadecimal(uint64_t value, uint32_t bits) {
  text_ += "0x";
  for (uint32_t shift = bits; shift > 0; shift -= 4) {
    text_ += kHexDigits[(value >> (shift - 4)) & 0xf];
  }
}

void TextOutput::f32(uint32_t bits) { appendFloat<float>(text_, bits, 23); }
void TextOutput::f64(uint64_t bits) { appendFloat<double>(text_, bits, 52); }

// isStringCharacter() is true for all bytes of non-ASCII characters, so they are not escaped.
void TextOutput::name(std::string_view utf8) {
  text_ += '"';
  for (char c : utf8) {
    if (isStringCharacter(c)) {
      text_ += c;
    } else {
      escape(c);
    }
  }
  text_ += '"';
}

void TextOutput::bytes(std::string_view bytes) {
  text_ += '"';
  for (char c : bytes) {
    bool isAscii = static_cast<uint8_t>(c) < 0x80;
    if (isAscii && isStringCharacter(c)) {
      text_ += c;
    } else {
      escape(c);
    }
  }
  text_ += '"';
}

void TextOutput::escape(char c) {
  text_ += '\\';
  if (c == '"' || c == '\\') {
    text_ += c;
    return;
  }
  text_ += kHexDigits[static_cast<uint8_t>(c) >> 4];
  text_ += kHexDigits[c & 0xf];
}

void TextOutput::identifier(std::string_view identifier) {
  text_ += '$';
  if (std::all_of(identifier.begin(), identifier.end(), isIdentifierCharacter)) {
    text_ += identifier;
  } else {
    name(identifier);
  }
}

void TextOutput::indexComment(uint32_t index) {
  text_ += "(;";
  natural(index);
  text_ += ";)";
}

void TextOutput::newLine(uint32_t depth) {
  text_ += '\n';
  text_.append(2 * std::min(depth, kDeepestIndent), ' ');
}

}  // namespace wasm
