#include "compiler/wasm/text/lex/string_literal.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

std::string unescaped(std::string_view contents) {
  std::string out;
  appendUnescaped(out, contents);
  return out;
}

TEST(StringLiteral, Unescapes) {
  EXPECT_EQ(unescaped("plain"), "plain");
  EXPECT_EQ(unescaped(R"(\t\n\r\"\'\\ \41\fFx)"), "\t\n\r\"'\\ A\xffx");
  EXPECT_EQ(unescaped(R"(\u{41}\u{e9}\u{20ac}\u{01_f600}.)"),
            "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.");
}

TEST(StringLiteral, EscapeLength) {
  EXPECT_EQ(escapeLength("\\nx"), 2u);
  EXPECT_EQ(escapeLength("\\0f0"), 3u);
  EXPECT_EQ(escapeLength("\\u{d7ff}"), 8u);
  EXPECT_EQ(escapeLength("\\u{dfff}"), 0u);
  EXPECT_EQ(escapeLength("\\u{0000000000041}"), 17u);
  EXPECT_EQ(escapeLength("\\u{4"), 0u);
  EXPECT_EQ(escapeLength("\\"), 0u);
}

}  // namespace
}  // namespace wasm
