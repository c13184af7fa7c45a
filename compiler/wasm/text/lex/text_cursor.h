// Reads the tokens of a text one by one, with a lookahead of two.
//
// Errors are sticky, as in the lexer: after the first one all tokens are End. So a parser can read
// a whole construct and call ok() once at its end; only loops must call it in each iteration.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/wasm/text/lex/lexer.h"
#include "runtime/base/result.h"

namespace wasm {

// Owns strings that are not a part of the text, such as unescaped ones. Elements never move.
using StringPool = std::deque<std::string>;

// A position between tokens. Functions called take... return whether they found what they name, and
// move behind it if so; functions called expect... fail if it is not there.
class TextCursor {
 public:
  // `text` must outlive the cursor and all views that it returns. These views may also refer to
  // `strings`, which a cursor shares with what it parses.
  TextCursor(std::string_view text, std::shared_ptr<StringPool> strings);

  bool ok() const { return lexer_.ok(); }
  // Fails with this message, unless the cursor has failed before.
  void fail(uint32_t offset, std::string message);
  // Returns the error, if the cursor has failed, with an excerpt of the text.
  base::Result<void> status(std::string_view fileName) const;

  const Token& peek() const { return current_; }
  const Token& peekNext() const { return next_; }
  bool atKeyword(std::string_view keyword) const { return current_.is(keyword); }
  // Returns whether the next tokens are an opening parenthesis and this keyword.
  bool atList(std::string_view keyword) const {
    return current_.kind == TokenKind::LeftParen && next_.is(keyword);
  }
  bool atClose() const { return current_.kind == TokenKind::RightParen; }
  bool atEnd() const { return current_.kind == TokenKind::End; }

  // Returns the current token and moves behind it.
  Token take();
  // Moves to `offset` in the text, where a token must start.
  void seek(uint32_t offset);

  // takeList takes an opening parenthesis and the keyword. takeIdentifier returns the name without
  // its $.
  bool takeKeyword(std::string_view keyword);
  bool takeList(std::string_view keyword);
  bool takeClose();
  std::optional<std::string_view> takeIdentifier();

  // Fail if the current token is another one.
  void expectKeyword(std::string_view keyword);
  void expectList(std::string_view keyword);
  void expectClose();
  // Return the bytes that a string denotes. expectName fails if they are not UTF-8.
  std::string_view expectString();
  std::string_view expectName();
  // Returns the concatenated bytes of all strings up to the next token that is not a string.
  std::string_view takeStrings();
  // Return an integer without sign; `what` names it in messages.
  uint64_t expectNatural(uint64_t max, std::string_view what);
  uint32_t expectNatural32(std::string_view what) {
    return static_cast<uint32_t>(expectNatural(UINT32_MAX, what));
  }

  // Moves behind the parenthesis that closes the list whose head was just taken.
  void skipList();

  // Fails at the current token with a message that it is not `expected`.
  void unexpected(std::string_view expected);

  // Returns the name of an identifier token, or the bytes of a string token, unescaped.
  std::string_view contents(const Token& token);
  // Adds a string to the pool and returns a view of it.
  std::string_view keep(std::string characters);

  std::string_view text() const { return lexer_.text(); }
  const std::shared_ptr<StringPool>& strings() const { return strings_; }

 private:
  Lexer lexer_;
  std::shared_ptr<StringPool> strings_;
  Token current_;
  Token next_;
};

// Returns the token as it is shown in messages.
std::string spelling(const Token& token);

}  // namespace wasm
