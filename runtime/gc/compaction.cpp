#include "runtime/gc/compaction.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace runtime::gc {
namespace {

// Blocks with more live bytes are not worth the move.
constexpr uint64_t kNearlyFull = kBlock / 16 * 15;

// Sets the references that a root source holds.
template <class Update>
class UpdatingVisitor final : public RootVisitor {
 public:
  explicit UpdatingVisitor(Update update) : update_(update) {}

  void reference(uint64_t& word) override { update_(word); }
  // What these refer to does not move.
  void conservative(WordRange) override {}

 private:
  Update update_;
};

}  // namespace

uint64_t Compaction::tableBytes(const HeapSpace& space) {
  return TableSpace::bytesFor<BlockPlan>(space.blocks.smallEnd()) +
         TableSpace::bytesFor<Target>(uint64_t{space.region.blockCount()} * kWordsPerBlock);
}

std::optional<Compaction> Compaction::plan(HeapSpace& space) {
  auto tables = TableSpace::reserve(tableBytes(space));
  if (!tables) return std::nullopt;
  Compaction compaction(space, std::move(*tables));
  compaction.planSmall();
  compaction.planLarge();
  return compaction;
}

Compaction::Compaction(HeapSpace& space, TableSpace tables)
    : space_(space),
      tables_(std::move(tables)),
      blocks_(tables_.take<BlockPlan>(space.blocks.smallEnd())),
      targets_(tables_.take<Target>(uint64_t{space.region.blockCount()} * kWordsPerBlock)) {}

// --- Where objects go --------------------------------------------------------------------------

void Compaction::planSmall() {
  std::optional<Cursor> cursor;
  space_.blocks.forEach(BlockState::Small, [&](uint32_t block) {
    if (space_.blocks[block].isPinned) return stay(block);
    uint32_t granules = findLive(block);
    if (granules * kGranule > kNearlyFull) return stay(block);
    blocks_[block].isSource = true;
    if (!cursor) cursor = Cursor{block, 0};
    place(block, granules, *cursor);
  });
}

uint32_t Compaction::findLive(uint32_t block) {
  Target* targets = targetsOf(block);
  uintptr_t base = space_.region.addressOfBlock(block);
  uint64_t count = 0;
  space_.marks.forEach(base, base + kBlock, [&](uintptr_t object) {
    uint64_t granule = (object - base) / kGranule;
    uint64_t end = granule + space_.types.sizeOf(objectAt(object)) / kGranule;
    count += end - granule;
    while (granule < end) {
      uint64_t word = granule / kGranulesPerWord;
      uint64_t next = std::min(end, (word + 1) * kGranulesPerWord);
      targets[word].live |= ~uint64_t{0} >> (64 - (next - granule)) << granule % 64;
      granule = next;
    }
  });
  return static_cast<uint32_t>(count);
}

// As if all granules were live.
void Compaction::stay(uint32_t block) {
  uintptr_t to = space_.region.addressOfBlock(block);
  for (uint32_t i = 0; i < kWordsPerBlock; ++i, to += kGranulesPerWord * kGranule) {
    targetsOf(block)[i] = {~uint64_t{0}, to};
  }
}

// The cursor is never behind `block`: what has been placed has left as much space.
void Compaction::place(uint32_t block, uint32_t granules, Cursor& cursor) {
  BlockPlan& plan = blocks_[block];
  plan.first = space_.region.addressOfBlock(cursor.block) + cursor.offset;
  plan.split = kGranulesPerBlock;
  uint64_t room = (kBlock - cursor.offset) / kGranule;
  cursor.offset += granules * kGranule;
  if (granules > room) {
    // The objects that do not fit go to the next source.
    uint64_t placed = findSplit(block, room);
    do {
      ++cursor.block;
    } while (!blocks_[cursor.block].isSource);
    plan.second = space_.region.addressOfBlock(cursor.block);
    cursor.offset = (granules - placed) * kGranule;
  }
  setTargets(block);
}

uint64_t Compaction::findSplit(uint32_t block, uint64_t room) {
  uint32_t& split = blocks_[block].split;
  uintptr_t base = space_.region.addressOfBlock(block);
  uint64_t placed = 0;
  space_.marks.forEach(base, base + kBlock, [&](uintptr_t object) {
    if (split != kGranulesPerBlock) return;
    uint64_t size = space_.types.sizeOf(objectAt(object)) / kGranule;
    if (placed + size > room) {
      split = static_cast<uint32_t>((object - base) / kGranule);
    } else {
      placed += size;
    }
  });
  return placed;
}

void Compaction::setTargets(uint32_t block) {
  const BlockPlan& plan = blocks_[block];
  uintptr_t to = plan.first;
  for (uint32_t i = 0; i < kWordsPerBlock; ++i) {
    Target& target = targetsOf(block)[i];
    auto live = static_cast<uint64_t>(std::popcount(target.live));
    target.to = to;
    to += live * kGranule;
    if (plan.split / kGranulesPerWord != i) continue;
    target.to |= kIsSplit;
    uint64_t before = granulesBelow(target.live, plan.split % kGranulesPerWord);
    to = plan.second + (live - before) * kGranule;
  }
}

void Compaction::planLarge() {
  uint32_t end = space_.region.blockCount() * kUnitsPerBlock;  // of the free units
  space_.large.forEachDown([&](uint32_t unit, uint32_t count) {
    bool isPinned = space_.blocks[unit / kUnitsPerBlock].isPinned;
    end = isPinned ? unit : space_.large.endOfRoom(end, count) - count;
    uint64_t granule = uint64_t{unit} * (kUnit / kGranule);
    targets_[granule / kGranulesPerWord] = {0, space_.region.addressOfUnit(end)};
  });
}

// --- The references to them --------------------------------------------------------------------

uintptr_t Compaction::newAddressInSplit(uintptr_t object) const {
  const BlockPlan& plan = blocks_[space_.region.blockOf(object)];
  uint64_t granule = (object - space_.region.base()) / kGranule;
  const Target& target = targets_[granule / kGranulesPerWord];
  uint64_t before = granulesBelow(target.live, granule % kGranulesPerWord);
  if (granule % kGranulesPerBlock < plan.split) return (target.to & ~kIsSplit) + before * kGranule;
  return plan.second +
         (before - granulesBelow(target.live, plan.split % kGranulesPerWord)) * kGranule;
}

void Compaction::run(RootSource& roots, Finalizers& finalizers) {
  auto update = [this](uint64_t& reference) {
    if (abi::isObject(reference)) reference = newAddress(reference);
  };
  updateObjects();
  UpdatingVisitor visitor(update);
  roots.visitRoots(visitor);
  finalizers.forEachObject(update);
  moveSmall();
  moveLarge();
}

// The slots wait in a queue for the prefetch of their targets.
void Compaction::updateObjects() {
  std::array<uint64_t*, 16> queue{};
  size_t next = 0;
  auto update = [this](uint64_t* slot) {
    if (slot != nullptr) *slot = newAddress(*slot);
  };
  space_.forEachMarked([&](abi::ObjectHeader* object) {
    forEachReferenceIndex(space_.types, object, 0, UINT64_MAX, [&](uint64_t index) {
      uint64_t* slot = &slotOf(object, index);
      if (!abi::isObject(*slot)) return;
      uint64_t granule = (*slot - space_.region.base()) / kGranule;
      __builtin_prefetch(&targets_[granule / kGranulesPerWord]);
      update(std::exchange(queue[next], slot));
      next = (next + 1) % queue.size();
    });
  });
  std::ranges::for_each(queue, update);
}

// --- The move ----------------------------------------------------------------------------------

template <class Visit>
void Compaction::forEachSource(Visit visit) {
  space_.blocks.forEach(BlockState::Small, [&](uint32_t block) {
    if (blocks_[block].isSource) visit(block);
  });
}

// `starts` has the objects where they were, and `marks` those that have moved.
void Compaction::moveSmall() {
  forEachSource([this](uint32_t block) {
    space_.marks.clearBlock(block);
    space_.lines.clearMarks(block);
  });
  forEachSource([this](uint32_t block) { moveBlock(block); });
}

void Compaction::moveBlock(uint32_t block) {
  const BlockPlan& plan = blocks_[block];
  uintptr_t base = space_.region.addressOfBlock(block);
  uintptr_t split = base + plan.split * kGranule;
  uintptr_t to = plan.first;
  space_.starts.forEach(base, base + kBlock, [&](uintptr_t object) {
    if (object == split) to = plan.second;
    uint64_t size = space_.types.sizeOf(objectAt(object));
    std::memmove(objectAt(to), objectAt(object), size);
    space_.marks.set(to);
    space_.lines.mark(to, size);
    to += size;
  });
}

void Compaction::moveLarge() {
  space_.large.forEachDown([this](uint32_t unit, uint32_t count) {
    uintptr_t from = space_.region.addressOfUnit(unit);
    uintptr_t to = newAddress(from);
    if (to == from) return;
    space_.large.free(objectAt(from));
    space_.large.take(space_.region.unitOf(to), count);
    std::memmove(objectAt(to), objectAt(from), count * kUnit);
    space_.marks.clear(from);
    space_.marks.set(to);
  });
}

}  // namespace runtime::gc
