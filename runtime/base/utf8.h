// UTF-8, the encoding of names in modules (section 5.2.4) and of paths in WASI.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace base {

// Returns whether `text` is well-formed UTF-8 (Unicode standard, section 3.9): no surrogates, no
// overlong forms, nothing above U+10FFFF. An empty text is.
bool isUtf8(std::string_view text);

// What stands for characters that cannot be encoded or decoded.
inline constexpr char32_t kReplacementCharacter = 0xfffd;

// A code point, and the number of bytes that it was decoded from.
struct Decoded {
  char32_t codePoint;
  uint8_t length;
  bool isValid;
};

// Decodes the first code point of a text that is not empty. If the bytes there are not well-formed,
// the code point is kReplacementCharacter, for the longest prefix that well-formed text could begin
// with, or one byte (Unicode standard, section 3.9, "U+FFFD Substitution of Maximal Subparts").
Decoded decodeUtf8(std::string_view text);

// Whether line breaks and tabs belong to the layout of a message, or to a name.
enum class LineBreaks : bool { Escaped, Kept };

// Returns the text with escapes as in the text format ("\u{1b}") for its control characters, those
// from U+0080 to U+009F included: terminals obey them, and a module or a guest can choose names.
std::string printable(std::string_view text, LineBreaks lineBreaks = LineBreaks::Escaped);

}  // namespace base
