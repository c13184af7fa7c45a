#include "test/differential/reducer.h"

#include <gtest/gtest.h>

namespace differential {
namespace {

TEST(Tree, PrintsWhatItParsed) {
  const char* text = R"((module (memory (export "memory") 1) (func (result i32) (i32.const 1))))";
  EXPECT_EQ(parseTree(text).text(), text);
}

TEST(Tree, BreaksLongLists) {
  std::string word(60, 'x');
  EXPECT_EQ(parseTree("(a " + word + " (" + word + "))").text(),
            "(a " + word + "\n (" + word + "))");
}

TEST(Tree, KeepsLongStrings) {
  std::string text = "(data \"" + std::string(200, 'x') + "\")";
  EXPECT_EQ(parseTree(parseTree(text).text()).items[1].word, parseTree(text).items[1].word);
}

// Reduces a text as long as it contains these words.
std::string reduced(const std::string& text, const std::vector<std::string>& words) {
  auto hasAll = [&](const std::string& candidate) {
    for (const std::string& word : words) {
      if (candidate.find(word) == std::string::npos) return false;
    }
    return true;
  };
  return reduce(parseTree(text), hasAll).text();
}

TEST(Reduce, RemovesFieldsAndStatements) {
  EXPECT_EQ(reduced("(module (memory 1) (func (nop) (drop (f)) (nop)) (func (nop)))", {"(f)"}),
            "(module (func (f)))");
}

TEST(Reduce, ReplacesByConstantsAndByWhatIsInside) {
  EXPECT_EQ(
      reduced("(module (func (i32.add (i32.mul (x) (y)) (i32.load (z)))))", {"i32.load", "func"}),
      "(module (func (i32.load)))");
}

TEST(Reduce, KeepsNulls) {
  const char* text = "(module (func (drop (ref.null any))))";
  EXPECT_EQ(reduced(text, {"drop", "(ref.null any)"}), text);
}

TEST(Reduce, TakesNothingThatIsNeeded) {
  const char* text = "(module (func (a) (b (c))))";
  EXPECT_EQ(reduced(text, {"(a)", "(b (c))"}), text);
}

}  // namespace
}  // namespace differential
