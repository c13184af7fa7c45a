#include "runtime/unwind/unwind_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace runtime {
namespace {

// Returns a row all words of which depend on the number.
FrameRow rowOf(uint64_t number) {
  FrameRow::Words words;
  for (size_t i = 0; i < words.size(); ++i) words[i] = number * 0x9e3779b97f4a7c15 + i;
  return FrameRow(words);
}

bool isRowOf(const FrameRow& row, uint64_t number) { return row.words() == rowOf(number).words(); }

TEST(UnwindCache, FindsWhatWasInserted) {
  auto cache = std::make_unique<UnwindCache>();
  EXPECT_FALSE(cache->find(0x5000));
  cache->insert(0x5000, rowOf(1));
  cache->insert(0x5001, rowOf(2));
  EXPECT_TRUE(isRowOf(cache->find(0x5000).value(), 1));
  EXPECT_TRUE(isRowOf(cache->find(0x5001).value(), 2));
  // Replaces the row of an address with the same entry.
  constexpr uint64_t kSameEntry = 0x5000 ^ 0x1001000000;
  cache->insert(kSameEntry, rowOf(3));
  EXPECT_TRUE(isRowOf(cache->find(kSameEntry).value(), 3));
  EXPECT_FALSE(cache->find(0x5000) && cache->find(kSameEntry) && isRowOf(*cache->find(0x5000), 3));
}

TEST(UnwindCache, ForgetsOtherGenerations) {
  auto cache = std::make_unique<UnwindCache>();
  cache->enterGeneration(1);
  for (uint64_t address = 1; address < 10000; ++address) cache->insert(address, rowOf(address));
  cache->enterGeneration(1);
  EXPECT_TRUE(cache->find(9999));
  cache->enterGeneration(2);
  for (uint64_t address = 1; address < 10000; ++address) EXPECT_FALSE(cache->find(address));
}

// All addresses share one entry, so that readers meet writers.
TEST(UnwindCache, NeverMixesRows) {
  auto cache = std::make_unique<UnwindCache>();
  constexpr uint64_t kRounds = 100000;
  std::atomic<uint64_t> wrong{0};
  std::atomic<uint64_t> found{0};
  auto use = [&](uint64_t seed) {
    for (uint64_t i = 0; i < kRounds; ++i) {
      uint64_t number = (i / 3 * seed) % 5 + 1;
      uint64_t address = number << 24;
      if (std::optional<FrameRow> row = cache->find(address)) {
        ++found;
        if (!isRowOf(*row, number)) ++wrong;
      } else {
        cache->insert(address, rowOf(number));
      }
      if (i % 1000 == 0) cache->enterGeneration(i);
    }
  };
  std::thread other(use, 3);
  use(7);
  other.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace runtime
