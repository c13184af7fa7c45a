// Steps through the tokens of a text, two of them in view.
//
// Errors are sticky, as in the lexer: after the first one every token is End, so that a parser
// reads a whole construct and asks ok() once; only loops must ask as they go.
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

// Characters that do not stand in the text as they are; elements never move.
using StringPool = std::deque<std::string>;

class TextCursor {
 public:
  // `text` must outlive the cursor and all views it hands out. So must `strings`, which others may
  // go on using.
  TextCursor(std::string_view text, std::shared_ptr<StringPool> strings);

  bool ok() const { return lexer_.ok(); }
  void fail(uint32_t offset, std::string message);
  // The first failure, if there was one.
  base::Result<void> status(std::string_view fileName) const;

  const Token& peek() const { return current_; }
  const Token& peekNext() const { return next_; }
  bool atKeyword(std::string_view keyword) const { return current_.is(keyword); }
  // At a parenthesis and this keyword.
  bool atList(std::string_view keyword) const {
    return current_.kind == TokenKind::LeftParen && next_.is(keyword);
  }
  bool atClose() const { return current_.kind == TokenKind::RightParen; }
  bool atEnd() const { return current_.kind == TokenKind::End; }

  Token take();
  // Continues at a place where a token starts.
  void seek(uint32_t offset);

  // Each takes what it names, if it is there.
  bool takeKeyword(std::string_view keyword);
  bool takeList(std::string_view keyword);
  bool takeClose();
  std::optional<std::string_view> takeIdentifier();

  // Fail unless there is what they name.
  void expectKeyword(std::string_view keyword);
  void expectList(std::string_view keyword);
  void expectClose();
  // The bytes of one string, which must be UTF-8 for a name.
  std::string_view expectString();
  std::string_view expectName();
  // The bytes of all strings up to what is none, one after the other.
  std::string_view takeStrings();
  uint64_t expectNatural(uint64_t max, std::string_view what);
  uint32_t expectNatural32(std::string_view what) {
    return static_cast<uint32_t>(expectNatural(UINT32_MAX, what));
  }

  // Takes all up to the parenthesis that closes the list whose head was just taken, and that.
  void skipList();

  // Fails at the current token: it is not what is expected here.
  void unexpected(std::string_view expected);

  // The name that an identifier token spells, the bytes of a string token.
  std::string_view contents(const Token& token);
  // Keeps characters as long as the pool lives.
  std::string_view keep(std::string characters);

  std::string_view text() const { return lexer_.text(); }
  const std::shared_ptr<StringPool>& strings() const { return strings_; }

 private:
  Lexer lexer_;
  std::shared_ptr<StringPool> strings_;
  Token current_;
  Token next_;
};

// How messages show a token.
std::string spelling(const Token& token);

}  // namespace wasm
