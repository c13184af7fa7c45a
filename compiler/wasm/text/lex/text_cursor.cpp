#include "compiler/wasm/text/lex/text_cursor.h"

#include <fmt/format.h>

#include "compiler/wasm/position.h"
#include "compiler/wasm/text/lex/characters.h"
#include "compiler/wasm/text/lex/keywords.h"
#include "compiler/wasm/text/lex/string_literal.h"
#include "runtime/base/numbers.h"
#include "runtime/base/utf8.h"

namespace wasm {
namespace {

// The number of bytes of a token that messages show.
constexpr size_t kShownCharacters = 40;

// Cuts a token between two characters, so that it remains UTF-8.
std::string shortened(std::string_view text) {
  if (text.size() <= kShownCharacters) return std::string(text);
  size_t end = kShownCharacters;
  while ((static_cast<uint8_t>(text[end]) & 0xc0) == 0x80) --end;
  return fmt::format("{}...", text.substr(0, end));
}

}  // namespace

std::string spelling(const Token& token) {
  switch (token.kind) {
    case TokenKind::End:
      return "the end of the text";
    case TokenKind::String:
      return fmt::format("the string \"{}\"", shortened(token.text));
    case TokenKind::Identifier:
      return fmt::format("${}", shortened(token.text));
    case TokenKind::Annotation:
      return fmt::format("(@{}", token.text);
    default:
      return shortened(token.text);
  }
}

TextCursor::TextCursor(std::string_view text, std::shared_ptr<StringPool> strings)
    : lexer_(text), strings_(std::move(strings)) {
  seek(0);
}

// Both tokens become End, as all later ones are.
void TextCursor::fail(uint32_t offset, std::string message) {
  lexer_.fail(offset, std::move(message));
  current_ = next_ = lexer_.next();
}

base::Result<void> TextCursor::status(std::string_view fileName) const {
  if (ok()) return {};
  return textError(fileName, lexer_.text(), lexer_.failedAt(), lexer_.message());
}

Token TextCursor::take() {
  Token taken = current_;
  current_ = next_;
  // After the end the lexer is not called again: its tokens would remain End.
  if (next_.kind != TokenKind::End) next_ = lexer_.next();
  return taken;
}

void TextCursor::seek(uint32_t offset) {
  lexer_.seek(offset);
  current_ = lexer_.next();
  next_ = lexer_.next();
}

bool TextCursor::takeKeyword(std::string_view keyword) {
  if (!atKeyword(keyword)) return false;
  take();
  return true;
}

bool TextCursor::takeList(std::string_view keyword) {
  if (!atList(keyword)) return false;
  take();
  take();
  return true;
}

bool TextCursor::takeClose() {
  if (!atClose()) return false;
  take();
  return true;
}

std::optional<std::string_view> TextCursor::takeIdentifier() {
  if (current_.kind != TokenKind::Identifier) return std::nullopt;
  return contents(take());
}

void TextCursor::expectKeyword(std::string_view keyword) {
  if (!takeKeyword(keyword)) unexpected(keyword);
}

void TextCursor::expectList(std::string_view keyword) {
  if (!takeList(keyword)) unexpected(fmt::format("({}", keyword));
}

void TextCursor::expectClose() {
  if (!takeClose()) unexpected(")");
}

std::string_view TextCursor::expectString() {
  if (current_.kind == TokenKind::String) return contents(take());
  unexpected("a string");
  return {};
}

std::string_view TextCursor::expectName() {
  uint32_t start = current_.offset;
  std::string_view name = expectString();
  if (!base::isUtf8(name)) fail(start, "malformed UTF-8 encoding");
  return name;
}

// A single string without escapes is returned as a view of the text, without a copy.
std::string_view TextCursor::takeStrings() {
  if (current_.kind != TokenKind::String) return {};
  if (next_.kind != TokenKind::String) return contents(take());
  std::string joined;
  while (current_.kind == TokenKind::String) appendUnescaped(joined, take().text);
  return keep(std::move(joined));
}

uint64_t TextCursor::expectNatural(uint64_t max, std::string_view what) {
  if (current_.kind != TokenKind::Integer || !isDigit(current_.text[0])) {
    unexpected(what);
    return 0;
  }
  Token token = take();
  std::optional<uint64_t> value = base::parseNatural(token.text, max);
  if (!value) {
    fail(token.offset, fmt::format("constant out of range: {} for {}, expected at most {}",
                                   spelling(token), what, max));
  }
  return value.value_or(0);
}

// An annotation is one token, which opens a list like a parenthesis: its closing parenthesis is a
// token.
void TextCursor::skipList() {
  for (size_t depth = 1; depth > 0 && ok();) {
    switch (take().kind) {
      case TokenKind::LeftParen:
      case TokenKind::Annotation:
        ++depth;
        break;
      case TokenKind::RightParen:
        --depth;
        break;
      case TokenKind::End:
        return unexpected(")");
      default:
        break;
    }
  }
}

// Uses the wording of the specification's tests: a word that is not a keyword is an "unknown
// operator", for which a similar keyword is suggested.
void TextCursor::unexpected(std::string_view expected) {
  const Token& found = current_;
  bool isWord = found.kind == TokenKind::Keyword && isKnownWord(found.text);
  bool isUnknown = found.kind == TokenKind::Keyword || found.kind == TokenKind::Reserved;
  std::string problem;
  if (found.kind == TokenKind::Annotation) {
    problem = fmt::format("misplaced @{} annotation", found.text);
  } else if (isUnknown && !isWord) {
    problem = fmt::format("unknown operator {}", spelling(found));
  } else {
    problem = fmt::format("unexpected token: found {}", spelling(found));
  }
  std::string_view similar = isUnknown && !isWord ? similarWord(found.text) : "";
  std::string hint = similar.empty() ? "" : fmt::format("; did you mean {}?", similar);
  fail(found.offset, fmt::format("{}, expected {}{}", problem, expected, hint));
}

std::string_view TextCursor::contents(const Token& token) {
  if (!token.hasEscapes) return token.text;
  std::string characters;
  appendUnescaped(characters, token.text);
  return keep(std::move(characters));
}

std::string_view TextCursor::keep(std::string characters) {
  strings_->push_back(std::move(characters));
  return strings_->back();
}

}  // namespace wasm
