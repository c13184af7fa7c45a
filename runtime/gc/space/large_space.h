// The objects beyond abi::kMaxSmallObject. Each takes contiguous units.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>

#include "runtime/gc/space/block_table.h"
#include "runtime/gc/space/nursery_budget.h"
#include "runtime/gc/space/object_layout.h"

namespace runtime::gc {

class LargeSpace {
 public:
  static uint64_t tableBytes(uint32_t blocks) {
    return TableSpace::bytesFor<uint32_t>(uint64_t{blocks} * kUnitsPerBlock);
  }
  // The arguments must outlive the space.
  LargeSpace(const Region& region, BlockTable& blocks, TypeTable types, NurseryBudget& budget,
             TableSpace& space);

  // Returns the address of `size` bytes for an object, whose header must be written before any
  // other call. Returns 0 if there is no room or the budget is spent.
  uintptr_t allocate(uint64_t size);

  // Returns the object that has the unit of the address, which must be in a block of large objects;
  // null if the unit is free.
  abi::ObjectHeader* objectOfUnit(uintptr_t address) const;

  // Calls visit(object) for all objects. It may free the object.
  template <class Visit>
  void forEach(Visit visit) const {
    for (BlockRange range : {blocks_.low(), blocks_.high()}) forEachIn(range, visit);
  }
  // Calls visit(unit, count) with the units of each object, from high to low addresses. It may move
  // the object to higher units.
  template <class Visit>
  void forEachDown(Visit visit) const {
    for (BlockRange range : {blocks_.high(), blocks_.low()}) {
      for (uint32_t end = range.end * kUnitsPerBlock; end > range.begin * kUnitsPerBlock;) {
        std::optional<uint32_t> unit = lastUsedIn((end - 1) / kUnitsPerBlock, end);
        if (unit) {
          end = *unit - distances_[*unit];
          visit(end, unitsFor(types_.sizeOf(objectAt(region_.addressOfUnit(end)))));
        } else {
          end = (end - 1) / kUnitsPerBlock * kUnitsPerBlock;
        }
      }
    }
  }
  void free(const abi::ObjectHeader* object);
  // Takes `count` units from `begin`, which are free and accessible, for an object.
  void take(uint32_t begin, uint32_t count);
  // Returns the end of the highest `count` units below `end` that are accessible and in no block of
  // small objects; they may be used. Requires that there are such units.
  uint32_t endOfRoom(uint32_t end, uint32_t count) const;
  // Lets allocate() find the units that have been freed.
  void resetSearch();

 private:
  template <class Visit>
  void forEachIn(BlockRange range, Visit visit) const {
    uint32_t end = range.end * kUnitsPerBlock;
    for (uint32_t unit = range.begin * kUnitsPerBlock; unit < end;) {
      uint32_t block = unit / kUnitsPerBlock;
      uint32_t used = blocks_.usedUnits(block) >> unit % kUnitsPerBlock;
      if (blocks_[block].state != BlockState::Large || used == 0) {
        unit = (block + 1) * kUnitsPerBlock;
      } else if ((used & 1) == 0) {
        unit += static_cast<uint32_t>(std::countr_zero(used));
      } else {
        abi::ObjectHeader* object = objectAt(region_.addressOfUnit(unit));
        unit += unitsFor(types_.sizeOf(object));
        visit(object);
      }
    }
  }
  // Returns the first unit of the highest run of `units` free units.
  std::optional<uint32_t> findRun(uint32_t units);
  // Returns the last used unit of a block of large objects that is below `end`; nothing for others.
  std::optional<uint32_t> lastUsedIn(uint32_t block, uint32_t end) const;
  // Calls apply(block, mask) with the units of each block.
  template <class Apply>
  static void forEachMask(uint32_t begin, uint32_t end, Apply apply);

  const Region& region_;
  BlockTable& blocks_;
  TypeTable types_;
  NurseryBudget& budget_;
  uint32_t* distances_;  // of a used unit from the first one of its object
  // searchEnds_[k] is a block with no run of 2^k free units whose last unit is in or above it. Runs
  // shrink until the next collection, so a search need not begin above.
  std::array<uint32_t, 32> searchEnds_;
};

}  // namespace runtime::gc
