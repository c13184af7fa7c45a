#include "test/wast/tally.h"

#include <gtest/gtest.h>

namespace wast {
namespace {

TEST(Tally, AddsUp) {
  Tally tally;
  tally.passed = 3;
  tally.skippedFor[static_cast<size_t>(wasm::Feature::simd)] = 2;
  Tally other;
  other.failed = 1;
  other.skippedFor[static_cast<size_t>(wasm::Feature::simd)] = 1;
  other.skippedFor[static_cast<size_t>(wasm::Feature::gc)] = 4;
  tally += other;
  EXPECT_EQ(tally.text(), "3 passed, 1 failed, 7 skipped");
  EXPECT_EQ(tally.skippedText(), "skipped: simd 3, gc 4");
}

TEST(Tally, ListsNothingWhereNothingIsSkipped) {
  EXPECT_EQ(Tally().text(), "0 passed, 0 failed, 0 skipped");
  EXPECT_EQ(Tally().skippedText(), "");
}

}  // namespace
}  // namespace wast
