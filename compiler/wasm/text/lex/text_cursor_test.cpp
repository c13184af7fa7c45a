#include "compiler/wasm/text/lex/text_cursor.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

TextCursor cursor(std::string_view text) {
  return TextCursor(text, std::make_shared<StringPool>());
}

TEST(TextCursor, TakesWhatIsThere) {
  TextCursor in = cursor("(func $f \"a\\62\") 7");
  EXPECT_FALSE(in.takeList("module"));
  EXPECT_TRUE(in.takeList("func"));
  EXPECT_EQ(in.takeIdentifier(), "f");
  EXPECT_EQ(in.takeIdentifier(), std::nullopt);
  EXPECT_EQ(in.expectName(), "ab");
  EXPECT_FALSE(in.takeKeyword("x"));
  in.expectClose();
  EXPECT_EQ(in.expectNatural32("a number"), 7u);
  EXPECT_TRUE(in.atEnd());
  EXPECT_TRUE(in.ok());
}

TEST(TextCursor, Strings) {
  TextCursor in = cursor("\"a\" \"\\00\" \"c\" x");
  EXPECT_EQ(in.takeStrings(), std::string_view("a\0c", 3));
  EXPECT_EQ(in.takeStrings(), "");
  EXPECT_TRUE(in.takeKeyword("x"));
}

TEST(TextCursor, SkipsAndSeeks) {
  TextCursor in = cursor("(a (b \")\" (@custom (c))) d) e");
  ASSERT_TRUE(in.takeList("a"));
  in.skipList();
  EXPECT_TRUE(in.atKeyword("e"));
  in.seek(3);
  EXPECT_TRUE(in.atList("b"));
  in.seek(0);
  in.take();
  in.take();
  in.take();
  in.skipList();
  EXPECT_TRUE(in.atKeyword("d"));
}

TEST(TextCursor, TheFirstErrorStays) {
  TextCursor in = cursor("a b");
  in.expectClose();
  in.expectString();
  EXPECT_FALSE(in.ok());
  EXPECT_TRUE(in.atEnd());
  in.seek(0);
  EXPECT_TRUE(in.atEnd());
  EXPECT_EQ(in.status("f").error().text(), "f:1:1: unknown operator a, expected )\na b\n^");
}

TEST(TextCursor, ErrorsOfTheLexer) {
  TextCursor in = cursor("a\n \x01");
  EXPECT_EQ(in.status("f").error().text(), "f:2:2: illegal character 0x01\n ?\n ^");
}

TEST(TextCursor, Spelling) {
  EXPECT_EQ(spelling({.kind = TokenKind::String, .text = "x"}), "the string \"x\"");
  EXPECT_EQ(spelling({.kind = TokenKind::Identifier, .text = "x"}), "$x");
  EXPECT_EQ(spelling({.kind = TokenKind::End}), "the end of the text");
  std::string longText(100, 'x');
  EXPECT_EQ(spelling({.kind = TokenKind::Keyword, .text = longText}), std::string(40, 'x') + "...");
}

}  // namespace
}  // namespace wasm
