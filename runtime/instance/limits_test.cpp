#include "runtime/instance/limits.h"

#include <gtest/gtest.h>

namespace runtime {
namespace {

Demand memory(uint64_t bytes) { return {.memoryBytes = bytes}; }

TEST(Account, TakesUpToItsLimit) {
  Account account({.memoryBytes = 100});
  EXPECT_TRUE(account.take(memory(60)));
  EXPECT_FALSE(account.take(memory(41)));
  EXPECT_TRUE(account.take(memory(40)));
  account.giveBack(memory(1));
  EXPECT_TRUE(account.take(memory(1)));
}

TEST(Account, TakesOfTheOuterOneToo) {
  auto outer = std::make_shared<Account>(Limits{.memoryBytes = 100});
  Account one({.memoryBytes = 80}, outer);
  Account other({.memoryBytes = 80}, outer);
  EXPECT_TRUE(one.take(memory(80)));
  EXPECT_FALSE(other.take(memory(21)));
  EXPECT_TRUE(other.take(memory(20)));
  one.giveBack(memory(80));
  EXPECT_TRUE(other.take(memory(60)));
}

TEST(Account, LeavesTheOuterOneAsItWasIfItRefuses) {
  auto outer = std::make_shared<Account>(Limits{.memoryBytes = 100});
  Account inner({.memoryBytes = 10}, outer);
  EXPECT_FALSE(inner.take(memory(50)));
  EXPECT_TRUE(outer->take(memory(100)));
}

TEST(Account, LimitsAllHeapsTogether) {
  auto outer = std::make_shared<Account>(Limits{});
  Account one({}, outer);
  Account other({}, outer);
  outer->limitHeaps(100);
  one.limitHeaps(70);
  one.limitHeaps(1000);  // has one already
  EXPECT_FALSE(one.takeForHeap(71));
  EXPECT_TRUE(one.takeForHeap(70));
  EXPECT_FALSE(other.takeForHeap(31));
  EXPECT_TRUE(other.takeForHeap(30));
  one.giveBackOfHeap(70);
  EXPECT_TRUE(other.takeForHeap(70));
}

}  // namespace
}  // namespace runtime
