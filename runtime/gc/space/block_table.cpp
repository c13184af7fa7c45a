#include "runtime/gc/space/block_table.h"

#include <algorithm>

#include "runtime/base/check.h"

namespace runtime::gc {

// The least number of blocks that become accessible at once, and the least share of those that
// already are, so that there are few system calls.
static constexpr uint32_t kGrowthBlocks = 32;
static constexpr uint32_t kGrowthShare = 8;

std::optional<uint32_t> BlockTable::takeForSmall() {
  while (firstFree_ < region_.blockCount() && blocks_[firstFree_].state != BlockState::Free) {
    ++firstFree_;
  }
  if (firstFree_ == region_.blockCount()) return std::nullopt;
  uint32_t block = firstFree_;
  if (block >= lowEnd_ && block < highBegin_) {
    uint32_t growth = std::max(kGrowthBlocks, lowEnd_ / kGrowthShare);
    uint32_t end = std::min(highBegin_, block + growth);
    if (!region_.commit({lowEnd_, end})) return std::nullopt;
    lowEnd_ = end;
  }
  blocks_[block].state = BlockState::Small;
  usedUnits_[block] = ~uint32_t{0};
  ++usedBlocks_;
  setResident(block);
  smallEnd_ = std::max(smallEnd_, block + 1);
  return block;
}

bool BlockTable::makeAccessible(BlockRange blocks) {
  if (blocks.end <= lowEnd_ || blocks.begin >= highBegin_) return true;
  uint32_t growth = std::max(kGrowthBlocks, (region_.blockCount() - highBegin_) / kGrowthShare);
  uint32_t begin = std::min(blocks.begin, highBegin_ - std::min(highBegin_, growth));
  begin = std::max(begin, lowEnd_);
  if (!region_.commit({begin, highBegin_})) return false;
  highBegin_ = begin;
  return true;
}

void BlockTable::takeUnits(uint32_t block, uint32_t units) {
  CHECK((usedUnits_[block] & units) == 0);
  if (blocks_[block].state == BlockState::Free) {
    blocks_[block].state = BlockState::Large;
    ++usedBlocks_;
    setResident(block);
  }
  usedUnits_[block] |= units;
}

void BlockTable::free(uint32_t block) {
  blocks_[block].state = BlockState::Free;
  blocks_[block].freeLines = 0;
  usedUnits_[block] = 0;
  --usedBlocks_;
  firstFree_ = std::min(firstFree_, block);
}

void BlockTable::freeUnits(uint32_t block, uint32_t units) {
  CHECK((usedUnits_[block] & units) == units);
  usedUnits_[block] &= ~units;
  if (usedUnits_[block] == 0) free(block);
}

void BlockTable::unpin() {
  for (BlockRange range : {low(), high()}) {
    for (uint32_t block = range.begin; block < range.end; ++block) blocks_[block].isPinned = false;
  }
}

// Releases the highest blocks first, since the lowest ones are taken next.
void BlockTable::releaseFree(uint64_t keep) {
  for (BlockRange range : {high(), low()}) {
    uint32_t block = range.end;
    while (block > range.begin && residentFreeBlocks() > keep) {
      uint32_t end = block;
      uint64_t most = residentFreeBlocks() - keep;
      while (block > range.begin && end - block < most &&
             blocks_[block - 1].state == BlockState::Free && blocks_[block - 1].isResident) {
        --block;
      }
      if (block < end) {
        release({block, end});
      } else {
        --block;
      }
    }
  }
}

void BlockTable::release(BlockRange blocks) {
  BlockRange released = region_.release(blocks);
  for (uint32_t block = released.begin; block < released.end; ++block) {
    blocks_[block].isResident = false;
    --residentBlocks_;
  }
}

}  // namespace runtime::gc
