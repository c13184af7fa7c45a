// The input of the parser: the tokens of a text one by one, with a lookahead of two.
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

// Owner of strings that are not a part of the text, such as unescaped ones. Elements never move, so
// views of them remain valid while the pool grows.
using StringPool = std::deque<std::string>;

// A position between tokens. Functions called take... return whether they have found the construct
// in their name, and move past it if so; functions called expect... fail if it is not there.
class TextCursor {
 public:
  // `text` must outlive the cursor and all views that it returns. These views may also refer to
  // `strings`, which a cursor shares with what it parses.
  TextCursor(std::string_view text, std::shared_ptr<StringPool> strings);

  // Returns whether no error has occurred.
  bool ok() const { return lexer_.ok(); }
  // Fails at the byte `offset` of the text with this message, unless the cursor has failed before.
  void fail(uint32_t offset, std::string message);
  // Returns the error at "fileName:line:column" with an excerpt of the text, if the cursor has
  // failed.
  base::Result<void> status(std::string_view fileName) const;

  // Return the current token and the one after it, without moving.
  const Token& peek() const { return current_; }
  const Token& peekNext() const { return next_; }
  bool atKeyword(std::string_view keyword) const { return current_.is(keyword); }
  // Return whether the cursor is at an opening parenthesis followed by this keyword, at a closing
  // parenthesis, or at the end of the text or after a failure.
  bool atList(std::string_view keyword) const {
    return current_.kind == TokenKind::LeftParen && next_.is(keyword);
  }
  bool atClose() const { return current_.kind == TokenKind::RightParen; }
  bool atEnd() const { return current_.kind == TokenKind::End; }

  // Returns the current token and moves past it.
  Token take();
  // Moves to the byte `offset` in the text, where a token must start.
  void seek(uint32_t offset);

  // Take a token or the start of a list if it is there. takeList() takes an opening parenthesis and
  // the keyword. takeIdentifier() returns the name without its $.
  bool takeKeyword(std::string_view keyword);
  bool takeList(std::string_view keyword);
  bool takeClose();
  std::optional<std::string_view> takeIdentifier();

  // Like the functions called take..., but fail if the current token is another one.
  void expectKeyword(std::string_view keyword);
  void expectList(std::string_view keyword);
  void expectClose();
  // Return the bytes that a string denotes; empty after a failure. expectName() also fails if they
  // are not UTF-8 (section 6.3.4).
  std::string_view expectString();
  std::string_view expectName();
  // Returns the concatenated bytes of all strings up to the next token that is not a string; empty
  // if there is none.
  std::string_view takeStrings();
  // Return an integer without sign (section 6.3.1). Fail and return 0 if there is none or if it
  // exceeds `max`; `what` names it in messages.
  uint64_t expectNatural(uint64_t max, std::string_view what);
  uint32_t expectNatural32(std::string_view what) {
    return static_cast<uint32_t>(expectNatural(UINT32_MAX, what));
  }

  // Moves past the parenthesis that closes the list whose head was just taken.
  void skipList();

  // Fails at the current token with a message that it is not `expected`.
  void unexpected(std::string_view expected);

  // Returns the name of an identifier token, or the bytes of a string token, unescaped. The result
  // refers to the text or to the pool.
  std::string_view contents(const Token& token);
  // Moves a string to the pool and returns a view of it.
  std::string_view keep(std::string characters);

  // Return the whole text, and the pool.
  std::string_view text() const { return lexer_.text(); }
  const std::shared_ptr<StringPool>& strings() const { return strings_; }

 private:
  Lexer lexer_;
  std::shared_ptr<StringPool> strings_;
  Token current_;
  Token next_;
};

// Returns the token as it is shown in messages. Long tokens are shortened.
std::string spelling(const Token& token);

}  // namespace wasm
