#include "runtime/gc/space/large_space.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc::testing {
namespace {

// An array of bytes that takes so many units.
uint32_t lengthOf(uint32_t units) { return units * kUnit - abi::kElements; }

uint32_t unitOf(TestSpace& space, uint64_t object) { return space->region.unitOf(object); }

TEST(LargeSpace, TakesTheHighestUnits) {
  TestSpace space(4);
  EXPECT_EQ(unitOf(space, space.allocate(kBytes, lengthOf(10))), 118u);
  EXPECT_EQ(unitOf(space, space.allocate(kBytes, lengthOf(40))), 78u);
  EXPECT_EQ(unitOf(space, space.allocate(kBytes, lengthOf(9) + 1)), 68u);
  EXPECT_EQ(space.allocate(kBytes, lengthOf(69)), 0u);
  EXPECT_EQ(unitOf(space, space.allocate(kBytes, lengthOf(68))), 0u);
  EXPECT_EQ(space.allocate(kBytes, lengthOf(9)), 0u);
  EXPECT_EQ(space->blocks.takeForSmall(), std::nullopt);
}

TEST(LargeSpace, RefusesMoreThanTheRegion) {
  TestSpace space(4);
  EXPECT_EQ(space->large.allocate(uint64_t{1} << 40), 0u);
  EXPECT_EQ(space->large.allocate(4 * kBlock + 8), 0u);
  EXPECT_NE(space->large.allocate(4 * kBlock), 0u);
}

TEST(LargeSpace, RefusesIfTheBudgetIsSpent) {
  TestSpace space(64);
  space->budget.limit = 20 * kUnit;
  EXPECT_NE(space.allocate(kBytes, lengthOf(15)), 0u);
  EXPECT_NE(space.allocate(kBytes, lengthOf(15)), 0u);
  EXPECT_EQ(space.allocate(kBytes, lengthOf(15)), 0u);
  EXPECT_EQ(space->budget.taken, 30 * kUnit);
}

TEST(LargeSpace, FindsTheObjectOfAUnit) {
  TestSpace space(64);
  uint64_t object = space.allocate(kBytes, lengthOf(1000));
  for (uint64_t offset : {uint64_t{0}, kUnit, 500 * kUnit + 7, 1000 * kUnit - 1}) {
    EXPECT_EQ(addressOf(space->large.objectOfUnit(object + offset)), object);
  }
  space->large.free(objectAt(object));
  EXPECT_EQ(space->large.objectOfUnit(object), nullptr);
}

// Once no block lies between the two ends of the region, an object may be in both.
TEST(LargeSpace, VisitsAnObjectOfBothEndsOnce) {
  TestSpace space(64);
  ASSERT_EQ(space->blocks.takeForSmall(), 0u);
  uint64_t filler = space.allocate(kBytes, lengthOf(32 * kUnitsPerBlock));
  ASSERT_EQ(unitOf(space, filler), 32 * kUnitsPerBlock);
  space->blocks.free(0);
  space->large.free(objectAt(filler));
  space->large.resetSearch();
  uint32_t units = 40 * kUnitsPerBlock;
  uint64_t object = space.allocate(kLongs, units * (kUnit / 8) - 1);
  ASSERT_EQ(unitOf(space, object), 24 * kUnitsPerBlock);
  std::vector<uint64_t> visited;
  space->large.forEach(
      [&](const abi::ObjectHeader* found) { visited.push_back(addressOf(found)); });
  EXPECT_EQ(visited, std::vector{object});
  std::vector<std::pair<uint32_t, uint32_t>> down;
  space->large.forEachDown([&](uint32_t unit, uint32_t count) { down.emplace_back(unit, count); });
  EXPECT_EQ(down, (std::vector{std::pair{24 * kUnitsPerBlock, units}}));
}

// Compares with a model of the units, in which the highest run is searched one by one.
class LargeSpaceModel {
 public:
  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      if (random_() % 100 == 0) {
        freeSome();
      } else {
        allocate();
      }
    }
    std::map<uint32_t, uint32_t> visited;
    space_->large.forEach([this, &visited](const abi::ObjectHeader* object) {
      visited[unitOf(space_, addressOf(object))] = unitsFor(space_->types.sizeOf(object));
    });
    EXPECT_EQ(visited, objects_);
  }

 private:
  static constexpr uint32_t kUnits = 64 * kUnitsPerBlock;

  void allocate() {
    auto units = static_cast<uint32_t>(random_() % (random_() % 4 == 0 ? 200 : 30) + 9);
    uint64_t object = space_.allocate(kBytes, lengthOf(units));
    uint32_t expected = highestRun(units);
    ASSERT_EQ(object == 0, expected == kUnits);
    if (object == 0) return;
    ASSERT_EQ(unitOf(space_, object), expected);
    objects_[expected] = units;
    std::fill_n(used_.begin() + expected, units, true);
  }
  uint32_t highestRun(uint32_t units) {
    uint32_t run = 0;
    for (uint32_t unit = kUnits; unit-- > 0;) {
      run = used_[unit] ? 0 : run + 1;
      if (run == units) return unit;
    }
    return kUnits;
  }
  void freeSome() {
    for (auto at = objects_.begin(); at != objects_.end();) {
      if (random_() % 2 == 0) {
        space_->large.free(objectAt(space_->region.addressOfUnit(at->first)));
        std::fill_n(used_.begin() + at->first, at->second, false);
        at = objects_.erase(at);
      } else {
        ++at;
      }
    }
    space_->large.resetSearch();
  }

  TestSpace space_{64};
  std::mt19937_64 random_{1};
  std::map<uint32_t, uint32_t> objects_;  // the units of each, by the first one
  std::vector<bool> used_ = std::vector<bool>(kUnits);
};

TEST(LargeSpace, FitsFirst) { LargeSpaceModel().run(10000); }

}  // namespace
}  // namespace runtime::gc::testing
