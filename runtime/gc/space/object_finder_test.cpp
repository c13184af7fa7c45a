#include "runtime/gc/space/object_finder.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "runtime/gc/heap_testing.h"
#include "runtime/gc/sweep.h"

namespace runtime::gc::testing {
namespace {

uint64_t find(TestSpace& space, uint64_t word) { return addressOf(space->finder.find(word)); }

std::set<uint64_t> targets(TestSpace& space, std::vector<uintptr_t> words) {
  std::set<uint64_t> found;
  space->finder.forEachTarget(
      words.data(), words.data() + words.size(),
      [&](const abi::ObjectHeader* object) { found.insert(addressOf(object)); });
  return found;
}

TEST(ObjectFinder, FindsYoungObjects) {
  TestSpace space;
  uint64_t box = space.allocate(kBox);
  uint64_t node = space.allocate(kNode);
  uint64_t wide = space.allocate(kWide);
  uint64_t large = space.allocate(kHuge);
  space->small.retire();
  EXPECT_EQ(find(space, box + 7), box);
  EXPECT_EQ(find(space, node), node);
  EXPECT_EQ(find(space, wide + 1599), wide);
  EXPECT_EQ(find(space, wide + 1600), 0u);
  EXPECT_EQ(find(space, large + 15999), large);
  EXPECT_EQ(find(space, large + 16000), 0u);
  EXPECT_EQ(find(space, large - 1), 0u);
}

TEST(ObjectFinder, ResolvesEnds) {
  TestSpace space;
  uint64_t first = space.allocate(kNode);
  uint64_t second = space.allocate(kNode);
  uint64_t large = space.allocate(kHuge);
  space->small.retire();
  using Set = std::set<uint64_t>;
  EXPECT_EQ(targets(space, {first}), Set{first});
  EXPECT_EQ(targets(space, {first + 1}), Set{first});
  EXPECT_EQ(targets(space, {second}), (Set{first, second}));
  EXPECT_EQ(targets(space, {second + 24}), Set{second});
  EXPECT_EQ(targets(space, {second + 25}), Set{});
  EXPECT_EQ(targets(space, {large + 16000}), Set{large});
  EXPECT_EQ(targets(space, {large + 16001}), Set{});
}

TEST(ObjectFinder, ResolvesTheEndOfTheRegion) {
  TestSpace space(4);
  uint64_t large = space.allocate(kBytes, 2 * kBlock - 8);
  uintptr_t end = space->region.addressOfBlock(4);
  ASSERT_EQ(large + 2 * kBlock, end);
  EXPECT_EQ(targets(space, {end}), std::set<uint64_t>{large});
  EXPECT_EQ(targets(space, {end + 1}), std::set<uint64_t>{});
}

// Objects of the two holes, of which the first one is retired and reused, follow each other.
TEST(ObjectFinder, ParsesHolesThatMeet) {
  TestSpace space;
  std::vector<uint64_t> objects = {space.allocate(kNode)};
  space->small.retire();
  space->blocks[0].freeLines = kLinesPerBlock - 1;
  space->blocks[0].longestHoleLog2 = 6;
  space->small.resetSearch();
  objects.push_back(space.allocate(kLongs, 15));
  ASSERT_EQ(objects[1], objects[0] + kLine);
  objects.push_back(space.allocate(kNode));
  space->small.retire();
  std::memset(reinterpret_cast<void*>(objects[2] + 32), 0xdb, kLine);
  for (uint64_t object : objects) EXPECT_EQ(find(space, object + 5), object);
  EXPECT_EQ(find(space, objects[0] + 24), 0u);
  EXPECT_EQ(find(space, objects[2] + 24), 0u);
  EXPECT_EQ(find(space, objects[2] + 40), 0u);
}

TEST(ObjectFinder, KnowsWhereObjectsStart) {
  TestSpace space;
  uint64_t first = space.allocate(kNode);
  uint64_t second = space.allocate(kWide);
  uint64_t large = space.allocate(kHuge);
  uint64_t cursor = second + 1600;
  std::memset(reinterpret_cast<void*>(cursor), 0xdb, 4096);
  // Before and after the holes are retired.
  for (int i = 0; i < 2; ++i) {
    for (uint64_t object : {first, second, large}) EXPECT_TRUE(space->finder.isObject(object));
    for (uint64_t word : {first + 8, first + 1, cursor, cursor + 160, large + kUnit, large - 8,
                          uint64_t{0}, uint64_t{8}, ~uint64_t{7}}) {
      EXPECT_FALSE(space->finder.isObject(word));
    }
    space->small.retire();
  }
}

TEST(ObjectFinder, SurvivesAnyWord) {
  TestSpace space;
  std::mt19937_64 random(1);
  for (int i = 0; i < 3000; ++i) {
    space.allocate(kBytes, static_cast<uint32_t>(random() % (i % 100 == 0 ? 20000 : 300)));
  }
  // Some objects become old, among holes that have garbage.
  space->small.retire();
  for (int i = 0; i < 1000; ++i) {
    uint64_t object = find(space, space->region.base() + random() % (64 * kBlock));
    if (object == 0) continue;
    uint64_t size = space->types.sizeOf(objectAt(object));
    space->marks.set(object);
    if (size <= abi::kMaxSmallObject) space->lines.mark(object, size);
  }
  Sweep(*space, false).run(true);
  space->small.resetSearch();
  space->large.resetSearch();
  for (int i = 0; i < 300; ++i) space.allocate(kBytes, static_cast<uint32_t>(random() % 300));
  space->small.retire();
  for (int i = 0; i < 300000; ++i) {
    uint64_t word = space->region.base() + random() % (65 * kBlock) - kBlock / 2;
    uint64_t object = find(space, word);
    if (object == 0) continue;
    ASSERT_LE(object, word);
    ASSERT_LT(word, object + space->types.sizeOf(objectAt(object)));
    ASSERT_TRUE(space->finder.isObject(object));
  }
  for (int i = 0; i < 100000; ++i) {
    ASSERT_EQ(find(space, random() | uint64_t{1} << 63), 0u);
  }
}

}  // namespace
}  // namespace runtime::gc::testing
