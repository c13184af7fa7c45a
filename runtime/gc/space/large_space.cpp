#include "runtime/gc/space/large_space.h"

#include <algorithm>

namespace runtime::gc {
namespace {

// A search for free units from high to low units.
class RunSearch {
 public:
  explicit RunSearch(uint32_t wanted) : wanted_(wanted), enough_(std::bit_floor(wanted)) {}

  // Adds the units of the next lower block. Returns whether a run has been found.
  bool add(uint32_t block, uint32_t used) {
    if (used == ~uint32_t{0}) {
      endRun();
      return false;
    }
    uint32_t free = ~used;
    int rest = kUnitsPerBlock;  // the units that have not been looked at
    while (rest > 0) {
      int count = std::countl_one(free << (static_cast<int>(kUnitsPerBlock) - rest));
      if (length_ == 0) end_ = block * kUnitsPerBlock + static_cast<uint32_t>(rest);
      length_ += static_cast<uint32_t>(count);
      if (length_ >= wanted_) return true;
      rest -= count;
      if (rest == 0) return false;
      endRun();
      rest -= std::min(rest, std::countl_zero(free << (static_cast<int>(kUnitsPerBlock) - rest)));
    }
    return false;
  }

  // Requires that a run has been found.
  uint32_t begin() const { return end_ - wanted_; }

  // Returns the block where the next search for at least bit_floor(wanted) units ends, if this one
  // has found a run or looked at all blocks.
  uint32_t nextEnd() {
    endRun();
    return firstBlock_;
  }

 private:
  void endRun() {
    if (length_ >= enough_ && firstBlock_ == 0) firstBlock_ = (end_ - 1) / kUnitsPerBlock + 1;
    length_ = 0;
  }

  uint32_t wanted_;
  uint32_t enough_;
  uint32_t length_ = 0;      // of the current run
  uint32_t end_ = 0;         // of the current run
  uint32_t firstBlock_ = 0;  // behind that of the last unit of the first run that is long enough
};

}  // namespace

LargeSpace::LargeSpace(const Region& region, BlockTable& blocks, TypeTable types,
                       NurseryBudget& budget, TableSpace& space)
    : region_(region),
      blocks_(blocks),
      types_(types),
      budget_(budget),
      distances_(space.take<uint32_t>(uint64_t{region.blockCount()} * kUnitsPerBlock)) {
  resetSearch();
}

void LargeSpace::resetSearch() { searchEnds_.fill(region_.blockCount()); }

uintptr_t LargeSpace::allocate(uint64_t size) {
  if (budget_.isSpent() || size > region_.blockCount() * kBlock) return 0;
  uint32_t units = unitsFor(size);
  std::optional<uint32_t> begin = findRun(units);
  if (!begin) return 0;
  uint32_t end = *begin + units;
  if (!blocks_.makeAccessible({*begin / kUnitsPerBlock, (end - 1) / kUnitsPerBlock + 1})) return 0;
  take(*begin, units);
  budget_.taken += units * kUnit;
  return region_.addressOfUnit(*begin);
}

std::optional<uint32_t> LargeSpace::findRun(uint32_t units) {
  uint32_t& searchEnd = searchEnds_[static_cast<size_t>(std::bit_width(units)) - 1];
  RunSearch search(units);
  for (uint32_t block = searchEnd; block-- > 0;) {
    if (!search.add(block, blocks_.usedUnits(block))) continue;
    uint32_t begin = search.begin();
    searchEnd = search.nextEnd();
    return begin;
  }
  searchEnd = search.nextEnd();
  return std::nullopt;
}

template <class Apply>
void LargeSpace::forEachMask(uint32_t begin, uint32_t end, Apply apply) {
  while (begin < end) {
    uint32_t block = begin / kUnitsPerBlock;
    uint32_t next = std::min(end, (block + 1) * kUnitsPerBlock);
    apply(block, ~uint32_t{0} >> (kUnitsPerBlock - (next - begin)) << begin % kUnitsPerBlock);
    begin = next;
  }
}

void LargeSpace::take(uint32_t begin, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) distances_[begin + i] = i;
  forEachMask(begin, begin + count,
              [this](uint32_t block, uint32_t mask) { blocks_.takeUnits(block, mask); });
}

uint32_t LargeSpace::endOfRoom(uint32_t end, uint32_t count) const {
  uint32_t begin = end;  // all units from here to the end are room
  while (end - begin < count) {
    uint32_t block = (begin - 1) / kUnitsPerBlock;
    begin = block * kUnitsPerBlock;
    bool isRoom = blocks_[block].state != BlockState::Small && blocks_.isAccessible(block);
    if (!isRoom) end = begin;
  }
  return end;
}

std::optional<uint32_t> LargeSpace::lastUsedIn(uint32_t block, uint32_t end) const {
  if (blocks_[block].state != BlockState::Large) return std::nullopt;
  uint32_t count = end - block * kUnitsPerBlock;
  uint32_t used = blocks_.usedUnits(block) & ~uint32_t{0} >> (kUnitsPerBlock - count);
  if (used == 0) return std::nullopt;
  return block * kUnitsPerBlock + static_cast<uint32_t>(std::bit_width(used)) - 1;
}

abi::ObjectHeader* LargeSpace::objectOfUnit(uintptr_t address) const {
  uint32_t unit = region_.unitOf(address);
  uint32_t used = blocks_.usedUnits(unit / kUnitsPerBlock) >> unit % kUnitsPerBlock;
  if ((used & 1) == 0) return nullptr;
  return objectAt(region_.addressOfUnit(unit - distances_[unit]));
}

void LargeSpace::free(const abi::ObjectHeader* object) {
  uint32_t begin = region_.unitOf(addressOf(object));
  forEachMask(begin, begin + unitsFor(types_.sizeOf(object)),
              [this](uint32_t block, uint32_t mask) { blocks_.freeUnits(block, mask); });
}

}  // namespace runtime::gc
