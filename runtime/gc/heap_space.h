// The memory of a heap: the blocks, the tables beside them, and the allocators.
#pragma once

#include <cstdint>
#include <memory>

#include "runtime/abi/vmctx.h"
#include "runtime/base/result.h"
#include "runtime/gc/card_table.h"
#include "runtime/gc/space/block_table.h"
#include "runtime/gc/space/large_space.h"
#include "runtime/gc/space/line_map.h"
#include "runtime/gc/space/nursery_budget.h"
#include "runtime/gc/space/object_bits.h"
#include "runtime/gc/space/object_finder.h"
#include "runtime/gc/space/object_layout.h"
#include "runtime/gc/space/region.h"
#include "runtime/gc/space/small_space.h"

namespace runtime::gc {

// The parts, which refer to each other. They do not collect: Heap does.
struct HeapSpace {
  // Reserves space for so many blocks. Fails if the system refuses. `allocation`, the types and
  // `allowance`, which may be null, must outlive the space.
  static base::Result<std::unique_ptr<HeapSpace>> reserve(uint32_t blockCount, TypeTable types,
                                                          abi::AllocationState& allocation,
                                                          MemoryAllowance* allowance = nullptr);
  HeapSpace(const HeapSpace&) = delete;
  HeapSpace& operator=(const HeapSpace&) = delete;

  // Calls visit(object) for all marked objects.
  template <class Visit>
  void forEachMarked(Visit visit) const {
    blocks.forEach(BlockState::Small, [&](uint32_t block) {
      uintptr_t begin = region.addressOfBlock(block);
      marks.forEach(begin, begin + kBlock, [&](uintptr_t address) { visit(objectAt(address)); });
    });
    large.forEach([&](abi::ObjectHeader* object) {
      if (marks.test(addressOf(object))) visit(object);
    });
  }

  TypeTable types;
  Region region;
  TableSpace tables;
  BlockTable blocks;
  LineMap lines;
  ObjectBits marks;  // sticky: between collections, those of the objects that survived the last one
  ObjectBits starts;  // see ObjectFinder
  CardTable cards;
  NurseryBudget budget;
  LargeSpace large;
  SmallSpace small;
  ObjectFinder finder;

 private:
  HeapSpace(Region reserved, TableSpace space, TypeTable typeTable,
            abi::AllocationState& allocation);
};

}  // namespace runtime::gc
