// Text under construction: the tokens of the text format, and lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wasm {

class TextOutput {
 public:
  void add(char c) { text_ += c; }
  void add(std::string_view text) { text_ += text; }
  void natural(uint64_t value);
  void integer(int64_t value);
  // 0x and all hexadecimal digits of a number of `bits` bits.
  void hexadecimal(uint64_t value, uint32_t bits);
  // Exactly these floats: the shortest decimal that reads back the same, or inf or nan with its
  // payload.
  void f32(uint32_t bits);
  void f64(uint64_t bits);
  // A string of UTF-8, which stays readable, or of any bytes.
  void name(std::string_view utf8);
  void bytes(std::string_view bytes);
  // $plain, or $"quoted" where it needs to be.
  void identifier(std::string_view name);
  // "(;3;)": an index as a comment.
  void indexComment(uint32_t index);

  // Starts a line. Deep nesting is not shown by more and more blanks: the size of a text stays
  // proportional to what is in it.
  void newLine(uint32_t depth);

  size_t size() const { return text_.size(); }
  std::string take() { return std::move(text_); }

 private:
  void escape(char c);

  std::string text_;
};

}  // namespace wasm
