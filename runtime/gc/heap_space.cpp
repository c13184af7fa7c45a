#include "runtime/gc/heap_space.h"

#include <utility>

namespace runtime::gc {

base::Result<std::unique_ptr<HeapSpace>> HeapSpace::reserve(uint32_t blockCount, TypeTable types,
                                                            abi::AllocationState& allocation,
                                                            MemoryAllowance* allowance) {
  TRY_ASSIGN(Region region, Region::reserve(blockCount, allowance));
  uint64_t bytes = BlockTable::tableBytes(blockCount) + LineMap::tableBytes(blockCount) +
                   2 * ObjectBits::tableBytes(blockCount) + CardTable::tableBytes(blockCount) +
                   LargeSpace::tableBytes(blockCount);
  TRY_ASSIGN(TableSpace tables, TableSpace::reserve(bytes));
  return std::unique_ptr<HeapSpace>(
      new HeapSpace(std::move(region), std::move(tables), types, allocation));
}

HeapSpace::HeapSpace(Region reserved, TableSpace space, TypeTable typeTable,
                     abi::AllocationState& allocation)
    : types(typeTable),
      region(std::move(reserved)),
      tables(std::move(space)),
      blocks(region, tables),
      lines(region, tables),
      marks(region, tables),
      starts(region, tables),
      cards(region, tables),
      large(region, blocks, types, budget, tables),
      small(region, blocks, lines, allocation, budget),
      finder(region, blocks, lines, small, large, types, starts) {
  allocation = {nullptr, nullptr, cards.biased()};
}

}  // namespace runtime::gc
