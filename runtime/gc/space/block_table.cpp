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
  bool isAllAccessible = lowEnd_ == highBegin_;
  if (isAllAccessible || blocks.end <= lowEnd_ || blocks.begin >= highBegin_) return true;
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

// Both ranges keep the same share of their free blocks, those that are taken next: the lowest ones
// for small objects, and the highest ones for large objects.
void BlockTable::releaseFree(uint64_t keep) {
  uint64_t free = residentFreeBlocks();
  if (free <= keep) return;
  uint64_t excess = free - keep;
  uint64_t excessHigh = excess * residentFreeIn(high()) / free;
  releaseLowest(high(), excessHigh);
  releaseHighest(low(), excess - excessHigh);
}

uint64_t BlockTable::residentFreeIn(BlockRange range) const {
  uint64_t count = 0;
  for (uint32_t block = range.begin; block < range.end; ++block) count += isReleasable(block);
  return count;
}

void BlockTable::releaseLowest(BlockRange range, uint64_t count) {
  while (count != 0 && range.begin < range.end) {
    uint32_t begin = range.begin;
    while (range.begin < range.end && range.begin - begin < count && isReleasable(range.begin)) {
      ++range.begin;
    }
    count -= range.begin - begin;
    release({begin, range.begin});
    ++range.begin;
  }
}

void BlockTable::releaseHighest(BlockRange range, uint64_t count) {
  while (count != 0 && range.begin < range.end) {
    uint32_t end = range.end;
    while (range.begin < range.end && end - range.end < count && isReleasable(range.end - 1)) {
      --range.end;
    }
    count -= end - range.end;
    release({range.end, end});
    if (range.end > range.begin) --range.end;
  }
}

void BlockTable::release(BlockRange blocks) {
  if (blocks.begin == blocks.end) return;
  BlockRange released = region_.release(blocks);
  for (uint32_t block = released.begin; block < released.end; ++block) {
    blocks_[block].isResident = false;
    --residentBlocks_;
  }
}

}  // namespace runtime::gc
