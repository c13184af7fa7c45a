// A buffer for a text in the text format, with functions to append tokens and lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wasm {

// The longest text in bytes; the lexer's offsets have 32 bits.
inline constexpr size_t kMaxTextSize = UINT32_MAX;
// The message for a module with a longer text.
inline constexpr char kTextTooLong[] = "is more than 4 GiB as text";

// All functions except newLine() append without any blanks. They append nothing once the text would
// exceed its limit.
class TextOutput {
 public:
  // Makes an empty text with a limit in bytes.
  explicit TextOutput(size_t limit = kMaxTextSize) : limit_(limit) {}

  // Append characters as they are.
  void add(char c) {
    if (hasRoom(1)) text_ += c;
  }
  void add(std::string_view text) {
    if (hasRoom(text.size())) text_ += text;
  }
  // Append a decimal number (section 6.3.1).
  void natural(uint64_t value);
  void integer(int64_t value);
  // Appends 0x and all hexadecimal digits of a number of `bits` bits, a multiple of 4.
  void hexadecimal(uint64_t value, uint32_t bits);
  // Append the float with these bits (section 6.3.2): the shortest decimal number that is read as
  // the same bits, or inf, or nan with its payload.
  void f32(uint32_t bits);
  void f64(uint64_t bits);
  // Append a string in quotes (section 6.3.3). name() requires UTF-8 and does not escape non-ASCII
  // characters; bytes() escapes all but printable ASCII characters.
  void name(std::string_view utf8);
  void bytes(std::string_view bytes);
  // Appends $name, or $"name" if it has characters that an identifier cannot have without quotes
  // (section 6.3.5). The name must be UTF-8.
  void identifier(std::string_view name);
  // Appends an index as a comment, such as "(;3;)".
  void indexComment(uint32_t index);

  // Starts a line with an indentation for this depth of nesting. The indentation is limited, so
  // that the size of a text is linear in that of its contents.
  void newLine(uint32_t depth);

  // Returns whether the text would have exceeded its limit, so that its end is missing.
  bool isCut() const { return isCut_; }
  // Moves the text out of the buffer.
  std::string take() { return std::move(text_); }

 private:
  bool hasRoom(size_t size) {
    isCut_ = isCut_ || size > limit_ - text_.size();
    return !isCut_;
  }
  template <class T, class... Base>
  void number(T value, Base... base);
  template <class Float, class Bits>
  void floatOf(Bits bits, uint32_t fraction);
  void escape(char c);

  size_t limit_;
  bool isCut_ = false;
  std::string text_;
};

}  // namespace wasm
