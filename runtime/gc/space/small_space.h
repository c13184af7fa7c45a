// The allocation of objects up to abi::kMaxSmallObject, in holes: runs of free lines of a block.
//
// There are two holes at a time. Compiled code allocates in one by AllocationState::cursor. Objects
// of more than a line that do not fit there go into the other one, so that a hole with much room
// left is not given up for them.
#pragma once

#include <array>
#include <cstdint>

#include "runtime/abi/vmctx.h"
#include "runtime/gc/space/block_table.h"
#include "runtime/gc/space/line_map.h"
#include "runtime/gc/space/nursery_budget.h"

namespace runtime::gc {

class SmallSpace {
 public:
  // The arguments must outlive the space.
  SmallSpace(const Region& region, BlockTable& blocks, LineMap& lines,
             abi::AllocationState& allocation, NurseryBudget& budget)
      : region_(region), blocks_(blocks), lines_(lines), first_(allocation), budget_(budget) {}

  // Returns the address of `size` bytes with any content; 0 if there is no hole or the budget is
  // spent.
  uintptr_t allocate(uint64_t size);

  // Gives up both holes: marks the ends of their objects with a zero type word, and frees their
  // unused lines.
  void retire();
  // Lets allocate() find the lines that are free after a collection.
  void resetSearch() { searchBegins_.fill(0); }

  // Returns the end of the hole whose objects end at the address, if it is one of the two; else 0.
  uintptr_t limitOfHole(uintptr_t cursor) const {
    auto* address = reinterpret_cast<uint8_t*>(cursor);
    if (address == first_.cursor) return reinterpret_cast<uintptr_t>(first_.limit);
    if (address == second_.cursor) return reinterpret_cast<uintptr_t>(second_.limit);
    return 0;
  }

 private:
  struct Hole {
    uint8_t* cursor = nullptr;
    uint8_t* limit = nullptr;
  };

  template <class AnyHole>
  static uintptr_t bump(AnyHole& hole, uint64_t size);
  template <class AnyHole>
  void retire(AnyHole& hole);
  // Returns a hole of at least `size` bytes; an empty one if there is none.
  Hole takeHole(uint64_t size);
  Hole takeHoleOfUsedBlock(uint32_t lines);
  Hole take(uint32_t block, LineRun run);

  const Region& region_;
  BlockTable& blocks_;
  LineMap& lines_;
  abi::AllocationState& first_;
  Hole second_;
  NurseryBudget& budget_;
  // No block below searchBegins_[n] has a hole of n lines that allocation may take.
  std::array<uint32_t, LineSet::kMaxRun + 1> searchBegins_{};
};

}  // namespace runtime::gc
