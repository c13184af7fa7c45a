#include "compiler/wasm/text/lex/lexer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wasm {
namespace {

std::string kinds(std::string_view text) {
  constexpr const char* kNames[] = {"end", "(", ")", "key", "id", "str", "int", "float", "@", "?"};
  Lexer lexer(text);
  std::string out;
  for (;;) {
    Token token = lexer.next();
    if (!lexer.ok()) return lexer.message();
    if (token.kind == TokenKind::End) return out;
    if (!out.empty()) out += ' ';
    out += kNames[static_cast<size_t>(token.kind)];
  }
}

TEST(Lexer, Kinds) {
  EXPECT_EQ(kinds("(module $m \"x\" 12 -1.5 nan:0x1 inf i32.add offset=8)"),
            "( key id str int float float float key key )");
  EXPECT_EQ(kinds("0x 1__0 1_ Func _ @a"), "? ? ? ? ? ?");
  EXPECT_EQ(kinds("nan:0x infx nan:canonical +inf"), "key key key float");
}

TEST(Lexer, WordsTouchOnlyParentheses) {
  EXPECT_EQ(kinds("(func(nop)nop)"), "( key ( key ) key )");
  EXPECT_EQ(kinds("data\"a\""), "?");
  EXPECT_EQ(kinds("\"a\"\"b\" $\"l\"0 0$l $l{ , ]"), "? ? ? ? ? ?");
  EXPECT_EQ(kinds("func;;c\n$f;;c\r\"a\";;c\n0(;c;)0"), "key id str int int");
}

TEST(Lexer, TextAndOffset) {
  Lexer lexer(" $a $\"b c\" \"d\\n\"");
  Token plain = lexer.next();
  EXPECT_EQ(plain.text, "a");
  EXPECT_EQ(plain.offset, 1u);
  Token quoted = lexer.next();
  EXPECT_EQ(quoted.text, "b c");
  EXPECT_FALSE(quoted.hasEscapes);
  Token string = lexer.next();
  EXPECT_EQ(string.text, "d\\n");
  EXPECT_TRUE(string.hasEscapes);
  EXPECT_EQ(string.offset, 11u);
  lexer.seek(4);
  EXPECT_EQ(lexer.next().text, "b c");
}

TEST(Lexer, Comments) {
  EXPECT_EQ(kinds("a (; x (; y ;) ) ;) b ;; c ( \"\n d"), "key key key");
  EXPECT_EQ(kinds("(;;) a (;);) b"), "key key");
  EXPECT_EQ(kinds("a (; (; ;)"), "unclosed comment");
  EXPECT_EQ(kinds(";; \xff\n"), "malformed UTF-8 encoding");
  EXPECT_EQ(kinds("(; \xc0\x80 ;)"), "malformed UTF-8 encoding");
  EXPECT_EQ(kinds(";; \xe2\x82\xac\n(; \x01 ;)"), "");
}

TEST(Lexer, Annotations) {
  EXPECT_EQ(kinds("(@a) x (@b (c (@d)) \")\" ,{;} #4 ;; )\n) y"), "key key");
  EXPECT_EQ(kinds("(@\"an id\" x)"), "");
  EXPECT_EQ(kinds("(@custom \"x\")"), "@ str )");
  EXPECT_EQ(kinds("(@\"\\63ustom\" \"x\")"), "@ str )");
  EXPECT_EQ(kinds("(@x (@)(@ y))"), "");
  EXPECT_EQ(kinds("(@)"), "empty annotation id");
  EXPECT_EQ(kinds("(@\"\")"), "empty annotation id");
  EXPECT_EQ(kinds("(@x (y)"), "unclosed annotation");
  EXPECT_EQ(kinds("(@x \")"), "unclosed string");
  EXPECT_EQ(kinds("(@x))"), ")");
  EXPECT_EQ(kinds("( @a)"), "( ? )");
}

TEST(Lexer, Strings) {
  EXPECT_EQ(kinds(R"("\t\n\r\"\'\\\00\fF\u{20_aC}\u{10ffff}")"), "str");
  for (const char* bad : {R"("\x")", R"("\u{d800}")", R"("\u{110000}")", R"("\u{}")", R"("\u{1_}")",
                          R"("\0")", R"("\u20")", "\"\\"}) {
    EXPECT_EQ(kinds(bad), "illegal escape in a string") << bad;
  }
  EXPECT_EQ(kinds("\"a\tb\""), "illegal character 0x09 in a string, expected an escape");
  EXPECT_EQ(kinds("\"a\nb\""), "unclosed string");
  EXPECT_EQ(kinds("\"a"), "unclosed string");
  EXPECT_EQ(kinds("\"\x80\""), "malformed UTF-8 encoding");
}

TEST(Lexer, Identifiers) {
  EXPECT_EQ(kinds("$ x").substr(0, 16), "empty identifier");
  EXPECT_EQ(kinds("$\"\"").substr(0, 16), "empty identifier");
  EXPECT_EQ(kinds("$\"\\ef\""), "malformed UTF-8 encoding");
  EXPECT_EQ(kinds("$!#$%&'*+-./:<=>?@\\^_`|~"), "id");
}

TEST(Lexer, IllegalCharacters) {
  EXPECT_EQ(kinds(std::string_view("a \0", 3)), "illegal character 0x00");
  EXPECT_EQ(kinds("\x7f"), "illegal character 0x7f");
  EXPECT_EQ(kinds("(@a \xc3\x9f)"),
            "illegal character: \"\xc3\x9f\" outside of a string or comment");
  EXPECT_EQ(kinds("\x80"), "malformed UTF-8 encoding");
}

TEST(Lexer, TheFirstFailureStays) {
  Lexer lexer("a \x01 \x02 b");
  lexer.next();
  EXPECT_EQ(lexer.next().kind, TokenKind::End);
  EXPECT_EQ(lexer.next().kind, TokenKind::End);
  lexer.seek(0);
  EXPECT_EQ(lexer.next().kind, TokenKind::End);
  EXPECT_EQ(lexer.failedAt(), 2u);
}

TEST(Lexer, DeepNestingCostsNothing) {
  std::string text = "(@a ";
  for (int i = 0; i < 1'000'000; ++i) text += '(';
  EXPECT_EQ(kinds(text), "unclosed annotation");
  text.clear();
  for (int i = 0; i < 1'000'000; ++i) text += "(;";
  EXPECT_EQ(kinds(text), "unclosed comment");
}

}  // namespace
}  // namespace wasm
