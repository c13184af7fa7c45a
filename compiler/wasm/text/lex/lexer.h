// The lexer of the text format: splits a text into tokens (section 6.2).
//
// Errors are sticky, as in binary/cursor.h: the lexer keeps the first one and moves to its end, and
// all later tokens are End. Tokens are views of the text. Nested comments and annotations are
// skipped without recursion, so that their depth is limited only by the length of the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wasm {

// The kinds of tokens (section 6.2.2).
enum class TokenKind : uint8_t {
  End,
  LeftParen,
  RightParen,
  Keyword,
  Identifier,  // $plain and $"quoted"
  String,
  Integer,
  Float,       // including inf and nan
  Annotation,  // (@id with one of the ids below; annotations with other ids are skipped
  Reserved,    // any other sequence of characters without spaces
};

// A token and its position. Valid as long as the text.
struct Token {
  TokenKind kind = TokenKind::End;
  bool hasEscapes = false;  // String, Identifier: `text` has escape sequences
  uint32_t offset = 0;      // of its first character in the text
  // The characters of the token: a string without its quotes, an identifier without $ and quotes,
  // of an annotation only the id.
  std::string_view text;

  // Returns whether the token is this keyword. Identifiers and strings with this text are not.
  bool is(std::string_view keyword) const { return kind == TokenKind::Keyword && text == keyword; }
};

// The ids of the annotations that the parser reads (appendix A.6.2 and A.6.3, and the branch
// hinting proposal). Annotations with other ids are skipped like comments (section 6.2.5).
inline constexpr std::string_view kCustomAnnotation = "custom";
inline constexpr std::string_view kNameAnnotation = "name";
inline constexpr std::string_view kBranchHintAnnotation = "metadata.code.branch_hint";

// A position in a text, with a function that reads the next token.
class Lexer {
 public:
  // `text` must outlive the lexer and its tokens, and be shorter than 4 GiB. It need not be UTF-8.
  explicit Lexer(std::string_view text)
      : base_(text.data()), at_(base_), end_(base_ + text.size()) {}

  // Reads the next token. Returns End after the last one and after a failure; the token of the call
  // that fails is unspecified. Comments, white space and annotations with unknown ids are skipped.
  Token next();
  // Moves to `offset`, in bytes, where a token must start. Has no effect after a failure.
  void seek(uint32_t offset) {
    if (ok_) at_ = base_ + offset;
  }

  // Return the whole text, and whether no error has occurred.
  std::string_view text() const { return {base_, end_}; }
  bool ok() const { return ok_; }
  // Fails at the byte `offset` with this message, unless the lexer has failed before.
  void fail(uint32_t offset, std::string message);
  // Return the offset and the message of the error. Require that the lexer has failed.
  uint32_t failedAt() const { return failedAt_; }
  const std::string& message() const { return message_; }

 private:
  struct String {
    std::string_view contents;
    bool hasEscapes = false;
  };

  uint32_t offset() const { return static_cast<uint32_t>(at_ - base_); }
  char ahead(size_t distance) const {
    return distance < static_cast<size_t>(end_ - at_) ? at_[distance] : '\0';
  }
  std::string_view since(const char* start) const {
    return {start, static_cast<size_t>(at_ - start)};
  }
  bool continuesWord() const;

  void skipSpace();
  void skipLineComment();
  void skipBlockComment();
  Token token();
  Token parenthesis(TokenKind kind);
  Token word();
  Token quotedIdentifier();
  Token string();
  Token reserved(uint32_t start);
  Token annotation();
  void skipAnnotation(uint32_t start);
  String scanString();
  void illegalCharacter();

  const char* base_;
  const char* at_;
  const char* end_;
  bool ok_ = true;
  uint32_t failedAt_ = 0;
  std::string message_;
};

}  // namespace wasm
