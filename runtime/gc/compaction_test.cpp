#include "runtime/gc/compaction.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "runtime/gc/heap_testing.h"
#include "runtime/gc/reachability.h"
#include "runtime/gc/sweep.h"

namespace runtime::gc::testing {
namespace {

// A space whose objects die as the test says.
class CompactionTest : public ::testing::Test, private RootSource {
 protected:
  explicit CompactionTest(uint32_t blocks = 64) : space_(blocks) {}

  // Adds objects whose words are made of their number. Those are alive of which isAlive(index) says
  // so.
  template <class IsAlive>
  void fill(uint32_t type, uint32_t length, size_t count, IsAlive isAlive) {
    for (size_t i = 0; i < count; ++i) {
      uint64_t object = space_.allocate(type, length);
      ASSERT_NE(object, 0u);
      for (uint64_t word = 1; word < sizeOf(object) / 8; ++word) {
        initialize(object, word, wordFor(number_));
      }
      if (isAlive(i)) {
        roots_.push_back(object);
        numbers_.push_back(number_);
      }
      ++number_;
    }
  }
  // A word that is no address.
  static uint64_t wordFor(uint64_t number) { return abi::i31Word(static_cast<uint32_t>(number)); }
  uint64_t sizeOf(uint64_t object) { return space_->types.sizeOf(objectAt(object)); }

  // Ends a full collection that has found the roots alone.
  void sweep() {
    space_->small.retire();
    for (uint64_t object : roots_) {
      space_->marks.set(object);
      if (sizeOf(object) <= abi::kMaxSmallObject) space_->lines.mark(object, sizeOf(object));
    }
    Sweep(*space_, true).run(true);
  }
  void compact() {
    Compaction::plan(*space_).value().run(*this, finalizers_);
    Sweep(*space_, true).run(true);
    space_->small.resetSearch();
    space_->large.resetSearch();
  }

  // Expects that the objects have their words, and that none shares memory with another one.
  void expectObjects() {
    for (size_t i = 0; i < roots_.size(); ++i) {
      EXPECT_TRUE(space_->marks.test(roots_[i]));
      for (uint64_t word = 1; word < sizeOf(roots_[i]) / 8; ++word) {
        ASSERT_EQ(load(roots_[i], word), wordFor(numbers_[i]));
      }
    }
    std::vector<uint64_t> sorted = roots_;
    std::ranges::sort(sorted);
    for (size_t i = 1; i < sorted.size(); ++i) {
      ASSERT_LE(sorted[i - 1] + sizeOf(sorted[i - 1]), sorted[i]);
    }
    Reachability(*space_).check(*this, &space_->marks);
  }
  void pin(uint64_t object) { space_->blocks[space_->region.blockOf(object)].isPinned = true; }

  TestSpace space_;
  int finalized_ = 0;
  Finalizers finalizers_;
  std::vector<uint64_t> roots_;
  std::vector<uint64_t> numbers_;
  uint64_t number_ = 1;

 private:
  void visitRoots(RootVisitor& visitor) override {
    for (uint64_t& root : roots_) visitor.reference(root);
  }
};

TEST_F(CompactionTest, SmallObjectsSlideDown) {
  // Each block has 32768 / 48 = 682 objects, of which every fourth lives.
  fill(kMixed, 0, 682 * 9, [](size_t i) { return i % 4 == 0; });
  sweep();
  EXPECT_EQ(space_->blocks.usedBlocks(), 9u);
  compact();
  EXPECT_EQ(space_->blocks.usedBlocks(), 3u);
  EXPECT_EQ(*std::ranges::min_element(roots_), space_->region.base());
  EXPECT_TRUE(std::ranges::is_sorted(roots_));
  expectObjects();
  // The space behind the last object is used again.
  uint64_t next = space_.allocate(kMixed);
  EXPECT_LT(next, space_->region.addressOfBlock(3));
  EXPECT_GT(next, roots_.back());
}

TEST_F(CompactionTest, LargeObjectsSlideUp) {
  fill(kBytes, 20000, 40, [](size_t i) { return i % 3 == 0; });
  sweep();
  compact();
  EXPECT_TRUE(std::ranges::is_sorted(roots_, std::greater()));
  // Each takes 20 units.
  for (size_t i = 0; i < roots_.size(); ++i) {
    EXPECT_EQ(roots_[i], space_->region.addressOfUnit(64 * kUnitsPerBlock - 20 * (i + 1)));
  }
  EXPECT_EQ(space_->blocks.usedBlocks(), (roots_.size() * 20 + 31) / 32);
  expectObjects();
}

TEST_F(CompactionTest, PinnedObjectsStay) {
  fill(kMixed, 0, 682 * 6, [](size_t i) { return i % 5 == 0; });
  fill(kBytes, 20000, 30, [](size_t i) { return i % 3 == 0; });
  sweep();
  uint64_t small = roots_[682 / 5 * 3];
  uint64_t large = roots_[roots_.size() - 4];
  pin(small);
  pin(large);
  compact();
  EXPECT_EQ(roots_[682 / 5 * 3], small);
  EXPECT_EQ(roots_[roots_.size() - 4], large);
  EXPECT_EQ(*std::ranges::min_element(roots_), space_->region.base());
  expectObjects();
}

TEST_F(CompactionTest, NearlyFullBlocksStay) {
  fill(kMixed, 0, 682 * 4, [](size_t i) { return i % 100 != 0; });
  sweep();
  std::vector<uint64_t> before = roots_;
  compact();
  EXPECT_EQ(roots_, before);
  expectObjects();
}

TEST_F(CompactionTest, UpdatesReferencesInObjects) {
  std::vector<uint64_t> all;
  for (int i = 0; i < 3000; ++i) all.push_back(space_.allocate(kNode));
  uint64_t array = space_.allocate(kReferences, 3000);
  for (size_t i = 0; i < all.size(); i += 3) {
    initialize(all[i], 1, all[all.size() - 3 - i]);
    initialize(all[i], 2, abi::i31Word(static_cast<uint32_t>(i)));
    initialize(array, 1 + i, all[i]);
    roots_.push_back(all[i]);
  }
  roots_.push_back(array);
  sweep();
  compact();
  uint64_t moved = roots_.back();
  for (size_t i = 0; i < all.size(); i += 3) {
    uint64_t object = load(moved, 1 + i);
    EXPECT_EQ(object, roots_[i / 3]);
    EXPECT_EQ(load(object, 1), roots_[(all.size() - 3 - i) / 3]);
    EXPECT_EQ(load(object, 2), abi::i31Word(static_cast<uint32_t>(i)));
  }
  EXPECT_NE(roots_[999], all.back());
}

// Large objects do not go to blocks of small objects, nor between the two ends of the region.
class CrowdedCompactionTest : public CompactionTest {
 protected:
  CrowdedCompactionTest() : CompactionTest(160) {}
};

TEST_F(CrowdedCompactionTest, LargeObjectsGoAroundSmallOnes) {
  std::mt19937_64 random(7);
  auto some = [&random](size_t) { return random() % 3 == 0; };
  for (int round = 0; round < 20; ++round) {
    fill(kBytes, 9000 + static_cast<uint32_t>(random() % 60000), 8, some);
    fill(kBytes, static_cast<uint32_t>(random() % 8000), 40, some);
    fill(kWide, 0, 30, some);
    for (uint32_t block = 0; block < 160; ++block) {
      space_->marks.clearBlock(block);
      space_->lines.clearMarks(block);
    }
    space_->blocks.unpin();
    sweep();
    if (round % 2 == 0) pin(roots_[random() % roots_.size()]);
    compact();
    expectObjects();
    if (roots_.size() > 100) {
      roots_.erase(roots_.begin(), roots_.begin() + 60);
      numbers_.erase(numbers_.begin(), numbers_.begin() + 60);
    }
  }
}

TEST_F(CompactionTest, FinalizersFollowTheirObjects) {
  auto count = [](void* argument) { ++*static_cast<int*>(argument); };
  fill(kMixed, 0, 682 * 3, [](size_t i) { return i % 4 == 0; });
  for (uint64_t object : roots_) finalizers_.add(object, {count, &finalized_});
  sweep();
  finalizers_.findDead(space_->marks, true);
  compact();
  finalizers_.findDead(space_->marks, true);
  EXPECT_FALSE(finalizers_.hasDue());
  space_->marks.clear(roots_.back());
  finalizers_.findDead(space_->marks, true);
  finalizers_.runDue();
  EXPECT_EQ(finalized_, 1);
}

}  // namespace
}  // namespace runtime::gc::testing
