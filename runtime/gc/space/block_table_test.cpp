#include "runtime/gc/space/block_table.h"

#include <gtest/gtest.h>

#include <vector>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc {
namespace {

TEST(BlockTable, TakesTheLowestFreeBlock) {
  testing::TestSpace space(100);
  BlockTable& blocks = space->blocks;
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(blocks.takeForSmall(), i);
  EXPECT_EQ(blocks.takeForSmall(), std::nullopt);
  EXPECT_EQ(blocks.smallEnd(), 100u);
  blocks.free(70);
  blocks.free(30);
  EXPECT_EQ(blocks.takeForSmall(), 30u);
  EXPECT_EQ(blocks.takeForSmall(), 70u);
  EXPECT_EQ(blocks.takeForSmall(), std::nullopt);
}

TEST(BlockTable, FreesABlockWithItsLastUnit) {
  testing::TestSpace space(100);
  BlockTable& blocks = space->blocks;
  ASSERT_TRUE(blocks.makeAccessible({99, 100}));
  blocks.takeUnits(99, 0xf0);
  blocks.takeUnits(99, 0x0f);
  EXPECT_EQ(blocks[99].state, BlockState::Large);
  blocks.freeUnits(99, 0x3c);
  EXPECT_EQ(blocks.usedUnits(99), 0xc3u);
  blocks.freeUnits(99, 0xc3);
  EXPECT_EQ(blocks[99].state, BlockState::Free);
}

TEST(BlockTable, VisitsBlocksOfBothEnds) {
  testing::TestSpace space(1000);
  BlockTable& blocks = space->blocks;
  for (int i = 0; i < 40; ++i) blocks.takeForSmall();
  ASSERT_TRUE(blocks.makeAccessible({900, 1000}));
  blocks.takeUnits(950, 1);
  blocks.takeUnits(999, 1);
  blocks.free(5);
  std::vector<uint32_t> large;
  blocks.forEach(BlockState::Large, [&](uint32_t block) { large.push_back(block); });
  EXPECT_EQ(large, (std::vector<uint32_t>{950, 999}));
  int small = 0;
  blocks.forEach(BlockState::Small, [&](uint32_t) { ++small; });
  EXPECT_EQ(small, 39);
}

TEST(BlockTable, ReleasesTheHighestFreeBlocks) {
  testing::TestSpace space(64);
  BlockTable& blocks = space->blocks;
  auto byteOf = [&](uint32_t block) {
    return reinterpret_cast<uint8_t*>(space->region.addressOfBlock(block));
  };
  for (uint32_t i = 0; i < 64; ++i) *byteOf(*blocks.takeForSmall()) = 1;
  for (uint32_t i = 0; i < 64; ++i) {
    if (i % 4 != 0) blocks.free(i);
  }
  EXPECT_EQ(blocks.residentFreeBlocks(), 48u);
  blocks.releaseFree(10);
  EXPECT_EQ(blocks.residentFreeBlocks(), 10u);
  EXPECT_EQ(blocks.residentBlocks(), 26u);
  EXPECT_EQ(*byteOf(1), 1);
  EXPECT_EQ(*byteOf(63), 0);
  EXPECT_EQ(*byteOf(60), 1);
  // Nothing more to release.
  blocks.releaseFree(10);
  EXPECT_EQ(blocks.residentBlocks(), 26u);
}

}  // namespace
}  // namespace runtime::gc
