#include "compiler/wasm/text/parse/labels.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

TEST(Labels, TheInnermostOfANameCounts) {
  Labels labels;
  labels.push("a");
  labels.push("b");
  labels.push("");
  labels.push("a");
  EXPECT_EQ(labels.depth("a"), 0u);
  EXPECT_EQ(labels.depth("b"), 2u);
  EXPECT_EQ(labels.depth("c"), std::nullopt);
  labels.pop();
  EXPECT_EQ(labels.innermost(), "");
  EXPECT_EQ(labels.depth("a"), 2u);
  labels.pop();
  labels.pop();
  EXPECT_EQ(labels.depth("b"), std::nullopt);
  EXPECT_EQ(labels.depth("a"), 0u);
}

}  // namespace
}  // namespace wasm
