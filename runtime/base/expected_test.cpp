#include "runtime/base/expected.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "runtime/base/result.h"

namespace base {
namespace {

enum class Code : int { Success, Bad };

}  // namespace

template <>
struct TryTraits<Code> {
  static bool isOk(Code code) { return code == Code::Success; }
  static Code error(Code code) { return code; }
};

namespace {

// An error type that other errors convert to.
struct Cause {
  Cause(Error error) : text(error.text()) {}
  Cause(Code code) : text(code == Code::Bad ? "bad" : "none") {}
  std::string text;
};

Result<std::unique_ptr<int>> positive(int value) {
  if (value <= 0) return Error{"value", "not positive"};
  return std::make_unique<int>(value);
}

Result<void> checkSmall(int value) {
  if (value >= 10) return Error{"", "too large"};
  return {};
}

Expected<int, Cause> doubled(int value) {
  TRY(checkSmall(value));
  TRY_ASSIGN(std::unique_ptr<int> owned, positive(value));
  return *owned * 2;
}

Code codeOf(int value) { return value == 0 ? Code::Bad : Code::Success; }

Expected<int, Code> inverse(int value) {
  TRY(codeOf(value));
  return 1 / value;
}

Code inverseCode(int value) {
  TRY_ASSIGN(int result, inverse(value));
  return codeOf(result);
}

TEST(Expected, HoldsAValueOrAnError) {
  EXPECT_EQ(**positive(3), 3);
  EXPECT_FALSE(positive(0));
  EXPECT_EQ(positive(0).error().text(), "value: not positive");
  EXPECT_TRUE(checkSmall(1).ok());
  EXPECT_EQ(checkSmall(10).error().text(), "too large");
}

TEST(Expected, TryConvertsErrors) {
  EXPECT_EQ(*doubled(4), 8);
  EXPECT_EQ(doubled(12).error().text, "too large");
  EXPECT_EQ(doubled(-1).error().text, "value: not positive");
}

TEST(Expected, TryTakesPlainCodes) {
  EXPECT_EQ(*inverse(1), 1);
  EXPECT_EQ(inverse(0).error(), Code::Bad);
  EXPECT_EQ(inverseCode(1), Code::Success);
  EXPECT_EQ(inverseCode(0), Code::Bad);
}

TEST(ExpectedDeathTest, WhatIsNotThereIsNotRead) {
  EXPECT_DEATH((void)*positive(0), "");
  EXPECT_DEATH((void)checkSmall(1).error(), "");
  EXPECT_DEATH((Expected<int, Code>(Code::Success)), "");
}

}  // namespace
}  // namespace base
