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
constexpr char kBlanks[] = "                                        ";
static_assert(sizeof kBlanks == 2 * kDeepestIndent + 1);

}  // namespace

// std::to_chars() does not depend on the locale and gives the shortest number for a float.
template <class T, class... Base>
void TextOutput::number(T value, Base... base) {
  char digits[64];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value, base...);
  add(std::string_view(digits, end));
}

// Appends the float with these bits, of which the lowest `fraction` ones are the fraction.
// std::to_chars() does not print the payload of a NaN, so infinities and NaNs are printed from the
// bits.
template <class Float, class Bits>
void TextOutput::floatOf(Bits bits, uint32_t fraction) {
  constexpr Bits kSign = Bits{1} << (sizeof(Bits) * 8 - 1);
  const Bits payloads = (Bits{1} << fraction) - 1;
  const Bits exponents = static_cast<Bits>(~kSign & ~payloads);
  if ((bits & exponents) != exponents) return number(std::bit_cast<Float>(bits));
  if ((bits & kSign) != 0) add('-');
  const Bits payload = bits & payloads;
  if (payload == 0) return add("inf");
  add("nan");
  // The canonical NaN has the abbreviation `nan`.
  const Bits canonical = Bits{1} << (fraction - 1);
  if (payload == canonical) return;
  add(":0x");
  number(payload, 16);
}

void TextOutput::natural(uint64_t value) { number(value); }
void TextOutput::integer(int64_t value) { number(value); }

void TextOutput::hexadecimal(uint64_t value, uint32_t bits) {
  add("0x");
  for (uint32_t shift = bits; shift > 0; shift -= 4) {
    add(kHexDigits[(value >> (shift - 4)) & 0xf]);
  }
}

void TextOutput::f32(uint32_t bits) { floatOf<float>(bits, 23); }
void TextOutput::f64(uint64_t bits) { floatOf<double>(bits, 52); }

// isStringCharacter() is true for all bytes of non-ASCII characters, so they are not escaped.
void TextOutput::name(std::string_view utf8) {
  add('"');
  for (char c : utf8) {
    if (isStringCharacter(c)) {
      add(c);
    } else {
      escape(c);
    }
  }
  add('"');
}

void TextOutput::bytes(std::string_view bytes) {
  add('"');
  for (char c : bytes) {
    if (isCut_) return;
    bool isAscii = static_cast<uint8_t>(c) < 0x80;
    if (isAscii && isStringCharacter(c)) {
      add(c);
    } else {
      escape(c);
    }
  }
  add('"');
}

void TextOutput::escape(char c) {
  add('\\');
  if (c == '"' || c == '\\') {
    add(c);
    return;
  }
  add(kHexDigits[static_cast<uint8_t>(c) >> 4]);
  add(kHexDigits[c & 0xf]);
}

void TextOutput::identifier(std::string_view identifier) {
  add('$');
  if (std::all_of(identifier.begin(), identifier.end(), isIdentifierCharacter)) {
    add(identifier);
  } else {
    name(identifier);
  }
}

void TextOutput::indexComment(uint32_t index) {
  add("(;");
  natural(index);
  add(";)");
}

void TextOutput::newLine(uint32_t depth) {
  add('\n');
  add(std::string_view(kBlanks, 2 * std::min(depth, kDeepestIndent)));
}

}  // namespace wasm
