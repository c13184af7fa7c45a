#include "compiler/wasm/text/lex/lexer.h"

#include <fmt/format.h>

#include "compiler/wasm/text/lex/characters.h"
#include "compiler/wasm/text/lex/string_literal.h"
#include "runtime/base/numbers.h"
#include "runtime/base/utf8.h"

namespace wasm {
namespace {

constexpr std::string_view kMalformedUtf8 = "malformed UTF-8 encoding";
constexpr std::string_view kAnnotations[] = {kCustomAnnotation, kNameAnnotation,
                                             kBranchHintAnnotation};

// Returns the constant that equals `id`, which outlives an unescaped copy; empty if there is none.
std::string_view knownAnnotation(std::string_view id) {
  for (std::string_view known : kAnnotations) {
    if (id == known) return known;
  }
  return {};
}

std::string unescaped(std::string_view contents) {
  std::string out;
  appendUnescaped(out, contents);
  return out;
}

bool isLowerCase(char c) { return c >= 'a' && c <= 'z'; }

// A word that starts with a lower-case letter is a number only if it is inf or nan: testing the
// first character avoids scanning all keywords as numbers.
TokenKind kindOfWord(std::string_view word) {
  bool mayBeNumber = !isLowerCase(word[0]) || word[0] == 'i' || word[0] == 'n';
  if (mayBeNumber) {
    base::NumberKind number = base::numberKind(word);
    if (number == base::NumberKind::Integer) return TokenKind::Integer;
    if (number == base::NumberKind::Float) return TokenKind::Float;
  }
  return isLowerCase(word[0]) ? TokenKind::Keyword : TokenKind::Reserved;
}

}  // namespace

void Lexer::fail(uint32_t offset, std::string message) {
  if (!ok_) return;
  ok_ = false;
  failedAt_ = offset;
  message_ = std::move(message);
  at_ = end_;
}

Token Lexer::next() {
  for (;;) {
    skipSpace();
    // An annotation with an unknown id is skipped here and not by skipSpace(), since the next token
    // may start another one.
    if (ahead(0) != '(' || ahead(1) != '@') return token();
    uint32_t start = offset();
    Token found = annotation();
    if (!ok_ || !found.text.empty()) return found;
    skipAnnotation(start);
  }
}

// Skips white space and comments (sections 6.2.3 and 6.2.4).
void Lexer::skipSpace() {
  while (at_ != end_) {
    if (isSpace(*at_)) {
      ++at_;
    } else if (*at_ == ';' && ahead(1) == ';') {
      skipLineComment();
    } else if (*at_ == '(' && ahead(1) == ';') {
      skipBlockComment();
    } else {
      return;
    }
  }
}

// Comments must be UTF-8 like the rest of the text (section 6.2.1).
void Lexer::skipLineComment() {
  const char* start = at_;
  while (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
  if (!base::isUtf8(since(start)))
    fail(static_cast<uint32_t>(start - base_), std::string(kMalformedUtf8));
}

// Block comments nest. A counter replaces recursion, so that a hostile text cannot exhaust the
// stack.
void Lexer::skipBlockComment() {
  const char* start = at_;
  uint32_t startOffset = offset();
  size_t depth = 0;
  do {
    if (at_ == end_) return fail(startOffset, "unclosed comment");
    bool opens = *at_ == '(' && ahead(1) == ';';
    bool closes = *at_ == ';' && ahead(1) == ')';
    if (opens) ++depth;
    if (closes) --depth;
    at_ += opens || closes ? 2 : 1;
  } while (depth > 0);
  if (!base::isUtf8(since(start))) fail(startOffset, std::string(kMalformedUtf8));
}

// Reads one token. The parenthesis of an annotation is read as that of a list, so that
// skipAnnotation() counts nested annotations.
Token Lexer::token() {
  if (at_ == end_) return {.offset = offset()};
  char c = *at_;
  if (c == '(') return parenthesis(TokenKind::LeftParen);
  if (c == ')') return parenthesis(TokenKind::RightParen);
  if (c == '"') return string();
  if (c == '$' && ahead(1) == '"') return quotedIdentifier();
  if (isIdentifierCharacter(c)) return word();
  if (hasClass(c, characters::kSeparator)) return reserved(offset());
  illegalCharacter();
  return {.offset = failedAt_};
}

Token Lexer::parenthesis(TokenKind kind) {
  Token found{.kind = kind, .offset = offset(), .text = {at_, 1}};
  ++at_;
  return found;
}

// Returns whether the next character continues a word. Two tokens must be separated by white space
// unless one of them is a parenthesis.
bool Lexer::continuesWord() const {
  if (at_ == end_) return false;
  if (*at_ == ';') return ahead(1) != ';';
  return *at_ == '"' || hasClass(*at_, characters::kIdentifier | characters::kSeparator);
}

// Reads a sequence of identifier characters: a keyword, number, identifier or reserved word.
Token Lexer::word() {
  const char* start = at_;
  uint32_t startOffset = offset();
  while (at_ != end_ && isIdentifierCharacter(*at_)) ++at_;
  if (continuesWord()) return reserved(startOffset);
  std::string_view text = since(start);
  if (*start != '$') return {.kind = kindOfWord(text), .offset = startOffset, .text = text};
  if (text.size() == 1) fail(startOffset, "empty identifier: expected a name after $");
  return {.kind = TokenKind::Identifier, .offset = startOffset, .text = text.substr(1)};
}

// Reads $"name" (section 6.3.5). Unlike a string it must be UTF-8 after unescaping.
Token Lexer::quotedIdentifier() {
  uint32_t start = offset();
  ++at_;
  String name = scanString();
  if (!ok_) return {.offset = start};
  if (continuesWord()) return reserved(start);
  if (name.contents.empty()) fail(start, "empty identifier: expected a name between the quotes");
  if (name.hasEscapes && !base::isUtf8(unescaped(name.contents))) {
    fail(start, std::string(kMalformedUtf8));
  }
  return {.kind = TokenKind::Identifier,
          .hasEscapes = name.hasEscapes,
          .offset = start,
          .text = name.contents};
}

// Reads a string literal. The bytes that it denotes need not be UTF-8.
Token Lexer::string() {
  uint32_t start = offset();
  String literal = scanString();
  if (!ok_) return {.offset = start};
  if (continuesWord()) return reserved(start);
  return {.kind = TokenKind::String,
          .hasEscapes = literal.hasEscapes,
          .offset = start,
          .text = literal.contents};
}

// Reads the rest of a word that is not a valid token. Reserved tokens (section 6.2.2) make `"a""b"`
// one malformed token instead of two strings.
Token Lexer::reserved(uint32_t start) {
  while (continuesWord()) {
    if (*at_ == '"') {
      scanString();
    } else {
      ++at_;
    }
  }
  return {.kind = TokenKind::Reserved, .offset = start, .text = since(base_ + start)};
}

// Reads a string in quotes (section 6.3.3), starting at the first quote. UTF-8 is checked only for
// the bytes in the text: escapes may denote any bytes.
Lexer::String Lexer::scanString() {
  uint32_t start = offset();
  const char* contents = ++at_;
  bool hasEscapes = false;
  bool isAscii = true;
  while (at_ != end_ && *at_ != '"') {
    if (isStringCharacter(*at_)) {
      isAscii &= static_cast<uint8_t>(*at_) < 0x80;
      ++at_;
      continue;
    }
    if (*at_ == '\\') {
      size_t length = escapeLength({at_, static_cast<size_t>(end_ - at_)});
      if (length == 0) fail(offset(), "illegal escape in a string");
      hasEscapes = true;
      at_ += length;
      continue;
    }
    // A string ends at the end of the line, so that a missing quote is reported at the right line.
    if (*at_ == '\n' || *at_ == '\r') break;
    fail(offset(), fmt::format("illegal character {:#04x} in a string, expected an escape",
                               static_cast<uint8_t>(*at_)));
  }
  if (at_ == end_ || *at_ != '"') fail(start, "unclosed string");
  if (!ok_) return {};
  std::string_view text = since(contents);
  ++at_;
  if (!isAscii && !base::isUtf8(text)) fail(start, std::string(kMalformedUtf8));
  return {text, hasEscapes};
}

// Reads the id after `(@`, which may be a string. Returns a token without text if the annotation is
// to be skipped.
Token Lexer::annotation() {
  uint32_t start = offset();
  at_ += 2;
  Token found{.kind = TokenKind::Annotation, .offset = start};
  if (ahead(0) == '"') {
    String id = scanString();
    if (!ok_) return found;
    if (id.contents.empty()) fail(start, "empty annotation id");
    std::string name = unescaped(id.contents);
    if (!base::isUtf8(name)) fail(start, std::string(kMalformedUtf8));
    found.text = knownAnnotation(name);
    return found;
  }
  const char* id = at_;
  while (at_ != end_ && isIdentifierCharacter(*at_)) ++at_;
  if (at_ == id) fail(start, "empty annotation id");
  found.text = knownAnnotation(since(id));
  return found;
}

// Skips the rest of the annotation that starts at `start`: any tokens with balanced parentheses
// (section 6.2.5).
void Lexer::skipAnnotation(uint32_t start) {
  for (size_t depth = 1; depth > 0;) {
    skipSpace();
    Token found = token();
    if (!ok_) return;
    if (found.kind == TokenKind::End) return fail(start, "unclosed annotation");
    if (found.kind == TokenKind::LeftParen) ++depth;
    if (found.kind == TokenKind::RightParen) --depth;
  }
}

// Fails with all consecutive non-ASCII characters, so that the message is valid UTF-8.
void Lexer::illegalCharacter() {
  uint8_t c = static_cast<uint8_t>(*at_);
  if (c < 0x80) return fail(offset(), fmt::format("illegal character {:#04x}", c));
  const char* start = at_;
  while (at_ != end_ && static_cast<uint8_t>(*at_) >= 0x80) ++at_;
  std::string_view text = since(start);
  uint32_t at = static_cast<uint32_t>(start - base_);
  if (!base::isUtf8(text)) return fail(at, std::string(kMalformedUtf8));
  fail(at, fmt::format("illegal character: \"{}\" outside of a string or comment", text));
}

}  // namespace wasm
