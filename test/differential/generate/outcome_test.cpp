#include "test/differential/generate/outcome.h"

#include <gmock/gmock.h>

namespace differential {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uint64_t kBefore = 0x1111111111111111;

Outcome returned() {
  Outcome outcome;
  outcome.result = 7;
  outcome.globals = {1, 2, 3};
  outcome.table = {1, 0};
  outcome.objects = 5;
  outcome.memories = {{65536, {{16, kBefore, 0x2222222222222222}}}};
  return outcome;
}

Outcome trapped() {
  Outcome outcome = returned();
  outcome.end = End::MemoryOutOfBounds;
  outcome.result = 0;
  return outcome;
}

// Returns the outcome with this word at address 16.
Outcome with(Outcome outcome, uint64_t word) {
  outcome.memories[0].changes[0].after = word;
  return outcome;
}

TEST(Difference, OfEqualOutcomesIsNone) {
  EXPECT_THAT(difference(returned(), returned(), Promise::Nothing), IsEmpty());
  EXPECT_THAT(difference(trapped(), trapped(), Promise::Everything), IsEmpty());
}

TEST(Difference, IsSeenInEveryPart) {
  Outcome other = returned();
  other.result = 8;
  EXPECT_EQ(difference(returned(), other, Promise::Nothing), "returns 0x8, but must: returns 0x7");
  EXPECT_EQ(difference(trapped(), returned(), Promise::Nothing),
            "returns 0x7, but must: traps: out of bounds memory access");
  other = returned();
  other.calls = 1;
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("host"));
  other = returned();
  other.globals[1] = 9;
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("globals [1] is 0x9"));
  other = returned();
  other.table.push_back(0);
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("table of 3"));
  other = returned();
  other.memories[0].bytes *= 2;
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("has 131072 bytes"));
}

TEST(Difference, OfMemoryAfterAReturn) {
  Outcome other = with(returned(), 3);
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("memory 0 at 0x10"));
  other = returned();
  other.memories[0].changes.clear();
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("memory 0 at 0x10"));
  other = returned();
  other.memories[0].changes.push_back({24, 0, 1});
  EXPECT_THAT(difference(returned(), other, Promise::Nothing), HasSubstr("memory 0 at 0x18"));
}

TEST(Difference, OfMemoryAfterATrapDependsOnThePromise) {
  Outcome without = trapped();
  without.memories[0].changes.clear();
  EXPECT_THAT(difference(trapped(), without, Promise::Nothing), IsEmpty());
  EXPECT_THAT(difference(trapped(), without, Promise::NoOtherStores), IsEmpty());
  EXPECT_THAT(difference(trapped(), without, Promise::Everything), HasSubstr("0x10"));

  Outcome half = with(trapped(), 0x1111111122222222);
  EXPECT_THAT(difference(trapped(), half, Promise::NoOtherStores), IsEmpty());
  EXPECT_THAT(difference(trapped(), half, Promise::Everything), HasSubstr("0x10"));

  Outcome other = with(trapped(), 0x3322222222222222);
  EXPECT_THAT(difference(trapped(), other, Promise::Nothing), IsEmpty());
  EXPECT_THAT(difference(trapped(), other, Promise::NoOtherStores), HasSubstr("0x10"));

  Outcome more = trapped();
  more.memories[0].changes.insert(more.memories[0].changes.begin(), {8, 0, 1});
  EXPECT_THAT(difference(trapped(), more, Promise::NoOtherStores), HasSubstr("at 0x8"));
}

TEST(Difference, OfGlobalsAfterATrapAlwaysCounts) {
  Outcome other = trapped();
  other.globals[0] = 0;
  EXPECT_THAT(difference(trapped(), other, Promise::Nothing), HasSubstr("globals [0]"));
}

TEST(Difference, OfObjectsAfterATrapDependsOnThePromise) {
  Outcome other = trapped();
  other.objects = 6;
  EXPECT_THAT(difference(trapped(), other, Promise::NoOtherStores), IsEmpty());
  EXPECT_THAT(difference(trapped(), other, Promise::Everything), HasSubstr("objects"));
}

TEST(Difference, OfUncaughtExceptions) {
  Outcome thrown = trapped(), other = trapped();
  thrown.end = other.end = End::UncaughtException;
  other.result = 1;
  EXPECT_EQ(difference(thrown, other, Promise::Nothing),
            "throws an exception 0x1, but must: throws an exception 0x0");
  other = thrown;
  other.memories[0].changes.clear();
  EXPECT_THAT(difference(thrown, other, Promise::Nothing), HasSubstr("0x10"));
}

TEST(TakeOutcome, ReadsWords) {
  const uint64_t kWords[] = {2, 0, 5, 2, 40, 41, 1, 3, 88, 1, 65536, 1, 16, 0, 9, 77};
  std::span<const uint64_t> words = kWords;
  Outcome outcome = takeOutcome(words);
  EXPECT_EQ(outcome.end, End::MemoryOutOfBounds);
  EXPECT_EQ(outcome.calls, 5u);
  EXPECT_THAT(outcome.globals, ::testing::ElementsAre(40, 41));
  EXPECT_THAT(outcome.table, ::testing::ElementsAre(3));
  EXPECT_EQ(outcome.objects, 88u);
  ASSERT_EQ(outcome.memories.size(), 1u);
  EXPECT_EQ(outcome.memories[0].bytes, 65536u);
  EXPECT_THAT(outcome.memories[0].changes, ::testing::ElementsAre(Change{16, 0, 9}));
  EXPECT_EQ(words.size(), 1u);
}

}  // namespace
}  // namespace differential
