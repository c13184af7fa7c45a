// What the blocks of a heap are used for.
//
// Blocks for small objects are taken from the low end of the region, those for large objects from
// its high end, so that they do not fragment each other's space. The blocks in between have never
// been used and are not accessible.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/gc/space/region.h"

namespace runtime::gc {

enum class BlockState : uint8_t { Free, Small, Large };

// The state of one block.
struct Block {
  BlockState state;
  // Whether the system may have given memory for it. If not, all bytes are zero.
  bool isResident;
  // Blocks of small objects: whether objects have been allocated since the last collection, and
  // whether their starts are known (see ObjectFinder).
  bool hasYoung;
  bool isParsed;
  // Whether a conservative root of the last collection may refer to an object that starts here.
  bool isPinned;
  // Blocks of small objects, after the last collection: the free lines and LineSet::longestRunLog2.
  uint16_t freeLines;
  uint8_t longestHoleLog2;
};

// The states of all blocks, and which units of them are free. Does not own the region.
class BlockTable {
 public:
  static uint64_t tableBytes(uint32_t blocks) {
    return TableSpace::bytesFor<Block>(blocks) + TableSpace::bytesFor<uint32_t>(blocks);
  }
  // `region` must outlive the table.
  BlockTable(Region& region, TableSpace& space)
      : region_(region),
        blocks_(space.take<Block>(region.blockCount())),
        usedUnits_(space.take<uint32_t>(region.blockCount())),
        highBegin_(region.blockCount()) {}

  Block& operator[](uint32_t block) { return blocks_[block]; }
  const Block& operator[](uint32_t block) const { return blocks_[block]; }
  // Returns a bit for each unit of the block that is not free for large objects. All are set in a
  // block of small objects, none in a free block.
  uint32_t usedUnits(uint32_t block) const { return usedUnits_[block]; }

  // Takes the lowest free block for small objects. Returns nothing if there is none.
  std::optional<uint32_t> takeForSmall();
  // Takes units of a block for large objects. The block must be accessible, and the units free.
  void takeUnits(uint32_t block, uint32_t units);
  // Makes the blocks [begin, end) accessible, of which those from lowEnd() may be not. Returns
  // whether the system agreed.
  bool makeAccessible(BlockRange blocks);

  // Returns whether the block may be used without makeAccessible().
  bool isAccessible(uint32_t block) const { return block < lowEnd_ || block >= highBegin_; }

  // Frees a block of small objects, or units of a block of large ones.
  void free(uint32_t block);
  void freeUnits(uint32_t block, uint32_t units);

  // Notes that a block may have memory.
  void setResident(uint32_t block) {
    residentBlocks_ += blocks_[block].isResident ? 0 : 1;
    blocks_[block].isResident = true;
  }
  // Gives memory of free blocks back to the system until at most `keep` free blocks have memory.
  void releaseFree(uint64_t keep);
  uint64_t residentBlocks() const { return residentBlocks_; }
  uint64_t usedBlocks() const { return usedBlocks_; }
  uint64_t residentFreeBlocks() const { return residentBlocks_ - usedBlocks_; }

  // All blocks that are not free are in these ranges. If no block is in between, the first range
  // has all blocks, since an object may be in both of its ends.
  BlockRange low() const { return {0, areAdjacent() ? region_.blockCount() : lowEnd_}; }
  BlockRange high() const {
    return {areAdjacent() ? region_.blockCount() : highBegin_, region_.blockCount()};
  }
  // Clears Block::isPinned of all blocks.
  void unpin();
  // No block from here on has small objects.
  uint32_t smallEnd() const { return smallEnd_; }
  // Calls visit(block) for all blocks in a state, in the order of addresses.
  template <class Visit>
  void forEach(BlockState state, Visit visit) const {
    for (BlockRange range : {low(), high()}) {
      for (uint32_t block = range.begin; block < range.end; ++block) {
        if (blocks_[block].state == state) visit(block);
      }
    }
  }

 private:
  bool areAdjacent() const { return lowEnd_ == highBegin_; }
  // Returns whether the block is free and may have memory.
  bool isReleasable(uint32_t block) const {
    return blocks_[block].state == BlockState::Free && blocks_[block].isResident;
  }
  uint64_t residentFreeIn(BlockRange range) const;
  // Give the memory of the lowest or highest `count` free blocks of a range back.
  void releaseLowest(BlockRange range, uint64_t count);
  void releaseHighest(BlockRange range, uint64_t count);
  void release(BlockRange blocks);

  Region& region_;
  Block* blocks_;
  uint32_t* usedUnits_;
  uint32_t lowEnd_ = 0;
  uint32_t highBegin_;
  uint32_t smallEnd_ = 0;
  uint32_t firstFree_ = 0;  // no block below is free
  uint64_t residentBlocks_ = 0;
  uint64_t usedBlocks_ = 0;  // all of them are resident
};

}  // namespace runtime::gc
