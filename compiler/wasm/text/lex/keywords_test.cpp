#include "compiler/wasm/text/lex/keywords.h"

#include <gtest/gtest.h>

#include <map>

namespace wasm {
namespace {

TEST(Keywords, EveryRowIsFound) {
  std::map<std::string_view, Op> first;
  for (uint32_t i = 0; i < kOpCount; ++i) {
    Op op = static_cast<Op>(i);
    auto [place, isNew] = first.try_emplace(opcodeInfo(op).text, op);
    EXPECT_EQ(findKeyword(opcodeInfo(op).text), place->second);
    // The parser changes from the first row of a keyword to the second.
    if (isNew) continue;
    EXPECT_EQ(otherRow(place->second), op) << opcodeInfo(op).text;
  }
  EXPECT_EQ(findKeyword("i32"), std::nullopt);
  EXPECT_EQ(otherRow(Op::I32Add), std::nullopt);
}

TEST(Keywords, SimilarWords) {
  EXPECT_EQ(similarWord("i32.ad"), "i32.add");
  EXPECT_EQ(similarWord("i32.load8s"), "i32.load8_s");
  EXPECT_EQ(similarWord("fnc"), "func");
  EXPECT_EQ(similarWord("funcrf"), "funcref");
  EXPECT_EQ(similarWord("no_extern"), "noextern");
  EXPECT_EQ(similarWord("i32x5"), "i32x4");
  EXPECT_EQ(similarWord("something.else"), "");
  EXPECT_EQ(similarWord("x"), "");
  EXPECT_EQ(similarWord(std::string(1000, 'x')), "");
}

TEST(Keywords, KnownWords) {
  for (const char* word : {"i32.add", "i32", "funcref", "noextern", "param", "f64x2"}) {
    EXPECT_TRUE(isKnownWord(word)) << word;
  }
  EXPECT_FALSE(isKnownWord("anyfunc"));
}

}  // namespace
}  // namespace wasm
