// A buffer for text in the text format, with functions to append tokens and lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wasm {

// The functions other than newLine() append without any blanks.
class TextOutput {
 public:
  void add(char c) { text_ += c; }
  void add(std::string_view text) { text_ += text; }
  // Append a decimal number.
  void natural(uint64_t value);
  void integer(int64_t value);
  // Appends 0x and all hexadecimal digits of a number of `bits` bits.
  void hexadecimal(uint64_t value, uint32_t bits);
  // Append the float with these bits: the shortest decimal number that denotes it, or inf, or nan
  // with its payload.
  void f32(uint32_t bits);
  void f64(uint64_t bits);
  // Append a string in quotes. name() does not escape non-ASCII characters; bytes() escapes all but
  // printable ASCII characters.
  void name(std::string_view utf8);
  void bytes(std::string_view bytes);
  // Appends $name, or $"name" if it has characters that an identifier cannot have without quotes.
  void identifier(std::string_view name);
  // Appends an index as a comment, such as "(;3;)".
  void indexComment(uint32_t index);

  // Starts a line with an indentation for this depth of nesting. The indentation is limited, so
  // that the size of a text grows linearly with its contents.
  void newLine(uint32_t depth);

  size_t size() const { return text_.size(); }
  std::string take() { return std::move(text_); }

 private:
  void escape(char c);

  std::string text_;
};

}  // namespace wasm
