// Characters -> tokens of the text format (section 6.3).
//
// Errors are sticky, as in binary/cursor.h: the first one is kept, the lexer jumps to the end and
// every later token is End. Nothing is copied and nothing recurses: comments and annotations may
// nest as deep as the text is long.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wasm {

enum class TokenKind : uint8_t {
  End,
  LeftParen,
  RightParen,
  Keyword,
  Identifier,  // $plain and $"quoted"
  String,
  Integer,
  Float,       // also inf and nan
  Annotation,  // (@id, for the ids that mean something here; others are skipped as a whole
  Reserved,    // a word that means nothing
};

struct Token {
  TokenKind kind = TokenKind::End;
  bool hasEscapes = false;  // String, Identifier: `text` is to be unescaped
  uint32_t offset = 0;      // of its first character
  // As spelled; strings without the quotes, identifiers without $ and quotes, annotations only
  // their id.
  std::string_view text;

  bool is(std::string_view keyword) const { return kind == TokenKind::Keyword && text == keyword; }
};

// The ids of the annotations that are not skipped.
inline constexpr std::string_view kCustomAnnotation = "custom";
inline constexpr std::string_view kNameAnnotation = "name";
inline constexpr std::string_view kBranchHintAnnotation = "metadata.code.branch_hint";

class Lexer {
 public:
  // `text` must outlive the tokens, and have less than 4 GiB.
  explicit Lexer(std::string_view text)
      : base_(text.data()), at_(base_), end_(base_ + text.size()) {}

  Token next();
  // Continues at a place where a token starts. A failure stays.
  void seek(uint32_t offset) {
    if (ok_) at_ = base_ + offset;
  }

  std::string_view text() const { return {base_, end_}; }
  bool ok() const { return ok_; }
  void fail(uint32_t offset, std::string message);
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
