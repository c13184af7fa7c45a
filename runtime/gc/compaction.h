// Moves objects together after a full collection, so that the blocks that they leave become free.
//
// Objects of up to abi::kMaxSmallObject slide towards the low end, from block to block, and larger
// ones towards the high end. Both keep their order, so that no memory is needed to move them to. An
// object does not move if a conservative root may refer to it, and neither do the others of its
// block if they are small. Blocks that are nearly full remain as they are.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include "runtime/gc/heap.h"
#include "runtime/gc/heap_space.h"

namespace runtime::gc {

class Compaction {
 public:
  // Decides where the objects will be. Must follow the sweep of a full collection, whose
  // conservative roots have set Block::isPinned. Returns nothing if the system has no memory for
  // the tables. `space` must outlive the compaction.
  static std::optional<Compaction> plan(HeapSpace& space);

  // Moves the objects, and sets the references to them: those of objects, `roots` and `finalizers`.
  void run(RootSource& roots, Finalizers& finalizers);

 private:
  static constexpr uint32_t kGranulesPerWord = 64;
  static constexpr uint32_t kGranulesPerBlock = kBlock / kGranule;
  static constexpr uint32_t kWordsPerBlock = kGranulesPerBlock / kGranulesPerWord;

  // Where the objects go that start in some 64 granules. An object is at the address `to` after the
  // move, and behind the live granules that are before it in the word.
  struct Target {
    uint64_t live;
    uintptr_t to;  // with kIsSplit if the block is split here
  };
  static constexpr uintptr_t kIsSplit = 1;
  // Where the objects of a block of small objects go. Those from the granule `split` on go to
  // `second`, the start of another block.
  struct BlockPlan {
    bool isSource;
    uint32_t split;
    uintptr_t first;
    uintptr_t second;
  };
  // The space behind the last object that has been placed.
  struct Cursor {
    uint32_t block;
    uint64_t offset;
  };

  static uint64_t tableBytes(const HeapSpace& space);
  Compaction(HeapSpace& space, TableSpace tables);

  void planSmall();
  // Sets the live granules of the targets of a block, and returns their number.
  uint32_t findLive(uint32_t block);
  // Lets the objects of a block stay where they are.
  void stay(uint32_t block);
  void place(uint32_t block, uint32_t granules, Cursor& cursor);
  // Sets the split of a block whose first objects go to `room` granules. Returns how many of them
  // they take.
  uint64_t findSplit(uint32_t block, uint64_t room);
  void setTargets(uint32_t block);
  void planLarge();

  Target* targetsOf(uint32_t block) const { return targets_ + uint64_t{block} * kWordsPerBlock; }
  // Returns the address of an object after the move. Requires that it has been marked.
  uintptr_t newAddress(uintptr_t object) const {
    uint64_t granule = (object - space_.region.base()) / kGranule;
    const Target& target = targets_[granule / kGranulesPerWord];
    if ((target.to & kIsSplit) != 0) return newAddressInSplit(object);
    return target.to + granulesBelow(target.live, granule % kGranulesPerWord) * kGranule;
  }
  uintptr_t newAddressInSplit(uintptr_t object) const;
  static uint64_t granulesBelow(uint64_t live, uint64_t granule) {
    return static_cast<uint64_t>(std::popcount(live & ((uint64_t{1} << granule) - 1)));
  }
  void updateObjects();
  void moveSmall();
  void moveBlock(uint32_t block);
  void moveLarge();

  // Calls visit(block) for the blocks of small objects that move.
  template <class Visit>
  void forEachSource(Visit visit);

  HeapSpace& space_;
  TableSpace tables_;
  BlockPlan* blocks_;  // of all blocks below BlockTable::smallEnd()
  Target* targets_;    // for each 64 granules; of large objects, for the start alone
};

}  // namespace runtime::gc
