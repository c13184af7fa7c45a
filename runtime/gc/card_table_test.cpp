#include "runtime/gc/card_table.h"

#include <gtest/gtest.h>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc::testing {
namespace {

class CardTableTest : public ::testing::Test {
 protected:
  // Returns an object that is old.
  uint64_t old(uint32_t type, uint32_t length = 0) {
    uint64_t object = space_.allocate(type, length);
    space_->marks.set(object);
    return object;
  }
  // Stores a new object there with a barrier, and returns it.
  uint64_t storeNew(uint64_t object, uint64_t word) {
    uint64_t value = space_.allocate(kBox);
    store(space_.allocation(), object, word, value);
    return value;
  }
  bool isMarked(uint64_t object) { return space_->marks.test(object); }
  void scan() {
    MarkStack stack;
    Marker marker(space_->types, space_->marks, space_->lines, stack);
    space_->cards.scan(space_->blocks, space_->large, space_->marks, space_->types, marker);
  }

  TestSpace space_;
};

TEST_F(CardTableTest, ScansObjectsOfACard) {
  uint64_t first = old(kNode);
  uint64_t second = old(kNode);
  uint64_t young = space_.allocate(kNode);
  uint64_t values[] = {storeNew(first, 1), storeNew(second, 2), storeNew(young, 1)};
  scan();
  EXPECT_TRUE(isMarked(values[0]) && isMarked(values[1]));
  EXPECT_FALSE(isMarked(values[2]));
}

TEST_F(CardTableTest, ScansAnObjectThatBeginsBeforeTheCard) {
  for (uint32_t type : {uint32_t{kWide}, uint32_t{kHuge}, uint32_t{kReferences}}) {
    uint64_t object = old(type, type == kReferences ? 900 : 0);
    uint64_t words = space_->types.sizeOf(objectAt(object)) / 8;
    for (uint64_t word = 1; word < words; ++word) {
      if (!isReferenceWord(type, word)) continue;
      uint64_t value = storeNew(object, word);
      scan();
      ASSERT_TRUE(isMarked(value));
    }
  }
}

TEST_F(CardTableTest, ScansOnlyTheCard) {
  uint64_t array = old(kReferences, 100000);
  uint64_t set = storeNew(array, 50000);
  uint64_t other = space_.allocate(kBox);
  initialize(array, 50000 + 16, other);
  initialize(array, 50000 - 16, other);
  scan();
  EXPECT_TRUE(isMarked(set));
  EXPECT_FALSE(isMarked(other));
}

TEST_F(CardTableTest, ClearsCards) {
  uint64_t object = old(kNode);
  uint64_t array = old(kReferences, 100000);
  uint64_t values[] = {storeNew(object, 1), storeNew(array, 500)};
  space_->cards.clear(space_->blocks);
  scan();
  EXPECT_FALSE(isMarked(values[0]) || isMarked(values[1]));
  values[0] = storeNew(object, 1);
  scan();
  space_->marks.clear(values[0]);
  scan();
  EXPECT_FALSE(isMarked(values[0]));
}

}  // namespace
}  // namespace runtime::gc::testing
