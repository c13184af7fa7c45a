#include "runtime/gc/heap.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/gc/compaction.h"
#include "runtime/gc/heap_space.h"
#include "runtime/gc/marker.h"
#include "runtime/gc/reachability.h"
#include "runtime/gc/recorded_roots.h"
#include "runtime/gc/sweep.h"

namespace runtime {

using gc::kBlock;

namespace {

// The bytes that are allocated between two collections, unless GrowthPolicy says more, and at most:
// the heap's limit / kLimitShare.
constexpr uint64_t kNursery = uint64_t{8} << 20;
constexpr uint64_t kLimitShare = 4;
// At least so many live bytes are assumed after a full collection.
constexpr uint64_t kFullFloor = uint64_t{16} << 20;

// What a heap may grow by.
struct GrowthPolicy {
  // The bytes between two collections: so many, or this share of the live bytes if it is more.
  uint64_t leastNursery;
  uint64_t nurseryShare;
  // A collection is full if the bytes that are live after it would exceed those after the last full
  // one by more, or those of objects, with the nursery until the next collection.
  uint64_t growthPercent;
  bool isOfObjects;
};
// Objects that become old mostly stay: the heap is as large as it must be.
constexpr GrowthPolicy kStable = {
    .leastNursery = kNursery, .nurseryShare = 4, .growthPercent = 50, .isOfObjects = false};
// They mostly replace others, which become garbage. A full collection comes earlier, so that all
// memory is less than 1.5 times that of the objects.
constexpr GrowthPolicy kChurning = {
    .leastNursery = kNursery / 8, .nurseryShare = 16, .growthPercent = 30, .isOfObjects = true};
// In a smaller heap, that memory does not matter, and larger nurseries save time.
constexpr uint64_t kLeastChurn = 3 * kNursery;

// A collection is full also after the allocation of kFullInterval times the bytes that were live
// after the last full one, since minor collections do not find old objects that have died.
constexpr uint64_t kFullInterval = 32;
// A full collection compacts if the bytes that are lost between objects have increased by more than
// kLostFloor and by 1 / kLostShare of those of objects.
constexpr uint64_t kLostFloor = uint64_t{1} << 20;
constexpr uint64_t kLostShare = 10;
// In stress mode, each collection whose number is a multiple of this is full.
constexpr uint64_t kStressedFull = 8;
// In stress mode, the mark stack has at most so many words, so that it overflows.
constexpr uint64_t kStressedStack = 8;

constexpr uint64_t kMinHeap = uint64_t{1} << 20;
constexpr uint64_t kMaxHeap = uint64_t{1} << 40;

// Passes roots to the marker.
class MarkingVisitor final : public RootVisitor {
 public:
  MarkingVisitor(gc::HeapSpace& space, gc::Marker& marker) : space_(space), marker_(marker) {}

  void reference(uint64_t& word) override {
    CHECK(!abi::isObject(word) || space_.region.contains(word));
    marker_.push(word);
  }
  void conservative(WordRange words) override {
    space_.finder.forEachTarget(words.begin, words.end, [this](const abi::ObjectHeader* object) {
      space_.blocks[space_.region.blockOf(gc::addressOf(object))].isPinned = true;
      marker_.push(gc::addressOf(object));
    });
  }

 private:
  gc::HeapSpace& space_;
  gc::Marker& marker_;
};

}  // namespace

struct Heap::Implementation {
  Implementation(std::unique_ptr<gc::HeapSpace> owned, RootSource& rootSource, bool stressed)
      : space(std::move(owned)),
        roots(rootSource),
        isStressed(stressed),
        stack(stressed ? kStressedStack : UINT64_MAX),
        marker(space->types, space->marks, space->lines, stack) {
    setBudget();
  }

  uintptr_t tryAllocate(uint64_t size) {
    return size > abi::kMaxSmallObject ? space->large.allocate(size) : space->small.allocate(size);
  }
  uintptr_t collectAndAllocate(uint64_t size);
  uintptr_t allocateStressed(uint64_t size);

  // Returns the kind that the collection has become.
  Collection collect(Collection wanted);
  Collection kindFor(Collection wanted) const;
  bool isChurning(uint64_t before) const;
  void mark(bool isFull);
  void markFrom(RootSource& roots, bool isFull);
  void clearMarks();
  void drain();
  // Returns the bytes of large objects.
  uint64_t sweep(bool isFull);
  // Returns the bytes of blocks in use that no object had after the last full collection.
  uint64_t lostBytes() const { return space->blocks.usedBlocks() * kBlock - objectBytes; }
  bool mustCompact() const;
  // Must follow a full collection: nothing has been allocated since.
  void compact();
  void setBudget();
  // Returns how many bytes of free blocks remain resident after a collection.
  uint64_t keptBytes(Collection wanted, bool isFull) const;
  void releaseMemory(Collection wanted, bool isFull);
  uint64_t limit() const { return space->region.blockCount() * kBlock; }

  std::unique_ptr<gc::HeapSpace> space;
  RootSource& roots;
  bool isStressed;
  gc::MarkStack stack;
  gc::Marker marker;
  Finalizers finalizers;
  HeapStatistics statistics;
  GrowthPolicy policy = kStable;
  uint64_t liveAfterFull = kFullFloor;
  uint64_t takenSinceFull = 0;
  uint64_t lastTaken = 0;    // between the last two collections
  uint64_t objectBytes = 0;  // of the objects that were alive after the last full collection
  uint64_t lostThen = 0;     // lostBytes() after the last compaction, or fewer bytes since
};

// Returns 0 if there is no room after a full collection.
[[gnu::noinline]] uintptr_t Heap::Implementation::collectAndAllocate(uint64_t size) {
  if (size > limit()) return 0;
  // If little has been allocated since the last collection, a minor one would find little garbage.
  bool isWorthwhile = space->budget.taken >= space->budget.limit / 2;
  Collection done = collect(isWorthwhile ? Collection::Minor : Collection::Full);
  uintptr_t address = tryAllocate(size);
  if (address != 0 || done == Collection::Full) return address;
  collect(Collection::Full);
  address = tryAllocate(size);
  if (address != 0 || limit() - objectBytes < size) return address;
  compact();
  return tryAllocate(size);
}

[[gnu::noinline]] uintptr_t Heap::Implementation::allocateStressed(uint64_t size) {
  uint64_t number = statistics.minorCollections + statistics.fullCollections;
  collect(number % kStressedFull == 0 ? Collection::Full : Collection::Minor);
  uintptr_t address = tryAllocate(size);
  if (address == 0) address = collectAndAllocate(size);
  if (address != 0) std::memset(reinterpret_cast<void*>(address), gc::Sweep::kPoison, size);
  // Without a hole, compiled code calls allocate() for the next object as well.
  space->small.retire();
  return address;
}

[[gnu::noinline]] Heap::Collection Heap::Implementation::collect(Collection wanted) {
  space->small.retire();
  lastTaken = space->budget.taken;
  takenSinceFull += lastTaken;
  Collection kind = kindFor(wanted);
  bool isFull = kind == Collection::Full;
  mark(isFull);
  finalizers.findDead(space->marks, isFull);
  uint64_t liveBefore = statistics.liveBytes;
  uint64_t unitBytes = sweep(isFull);
  uint64_t smallBytes = marker.takeSmallBytes();
  stack.shrink();
  ++(isFull ? statistics.fullCollections : statistics.minorCollections);
  if (isFull) {
    objectBytes = std::min(smallBytes + unitBytes, space->blocks.usedBlocks() * kBlock);
    if (mustCompact()) compact();
    lostThen = std::min(lostThen, lostBytes());
    policy = isChurning(liveBefore) ? kChurning : kStable;
    liveAfterFull = std::max(kFullFloor, statistics.liveBytes);
    takenSinceFull = 0;
  }
  setBudget();
  releaseMemory(wanted, isFull);
  return kind;
}

Heap::Collection Heap::Implementation::kindFor(Collection wanted) const {
  uint64_t expected = statistics.liveBytes;
  uint64_t base = liveAfterFull;
  if (policy.isOfObjects) {
    expected += lastTaken + space->budget.limit;
    base = std::max(kFullFloor, objectBytes);
  }
  bool hasGrown = expected > base + base * policy.growthPercent / 100;
  bool isDue = takenSinceFull > kFullInterval * liveAfterFull;
  return hasGrown || isDue ? Collection::Full : wanted;
}

// Returns whether a full collection has freed more than half of what had become old since the last
// one. `before` are the live bytes that were known then.
bool Heap::Implementation::isChurning(uint64_t before) const {
  if (statistics.liveBytes < kLeastChurn) return false;
  uint64_t grown = before - std::min(before, liveAfterFull);
  uint64_t freed = before - std::min(before, statistics.liveBytes);
  return freed > grown / 2;
}

void Heap::Implementation::mark(bool isFull) {
  if (!isStressed) return markFrom(roots, isFull);
  space->finder.parseAll();
  gc::RecordedRoots recorded(roots);
  markFrom(recorded, isFull);
  gc::Reachability(*space).check(recorded, &space->marks);
}

void Heap::Implementation::markFrom(RootSource& from, bool isFull) {
  if (isFull) {
    clearMarks();
    space->blocks.unpin();
  }
  MarkingVisitor visitor(*space, marker);
  // The finder needs the lines that were marked by the last collection.
  from.visitRoots(visitor);
  if (isFull) {
    space->blocks.forEach(gc::BlockState::Small,
                          [this](uint32_t block) { space->lines.clearMarks(block); });
    space->cards.clear(space->blocks);
  } else {
    space->cards.scan(space->blocks, space->large, space->marks, space->types, marker);
  }
  drain();
}

void Heap::Implementation::clearMarks() {
  space->blocks.forEach(gc::BlockState::Small,
                        [this](uint32_t block) { space->marks.clearBlock(block); });
  space->large.forEach(
      [this](const abi::ObjectHeader* object) { space->marks.clear(gc::addressOf(object)); });
}

void Heap::Implementation::drain() {
  marker.drain();
  while (marker.takeOverflow()) {
    space->forEachMarked([this](const abi::ObjectHeader* object) {
      marker.visit(object);
      marker.drain();
    });
  }
}

uint64_t Heap::Implementation::sweep(bool isFull) {
  gc::Sweep::Result live = gc::Sweep(*space, isStressed).run(isFull);
  statistics.liveBytes = live.lines + live.units;
  space->small.resetSearch();
  space->large.resetSearch();
  return live.units;
}

bool Heap::Implementation::mustCompact() const {
  uint64_t bound = std::max(kLostFloor, objectBytes / kLostShare);
  return isStressed || lostBytes() > lostThen + bound;
}

void Heap::Implementation::compact() {
  auto compaction = gc::Compaction::plan(*space);
  if (!compaction) return;
  compaction->run(roots, finalizers);
  sweep(true);
  ++statistics.compactions;
  lostThen = lostBytes();
  if (isStressed) gc::Reachability(*space).check(roots, &space->marks);
}

void Heap::Implementation::setBudget() {
  uint64_t wanted = std::max(policy.leastNursery, statistics.liveBytes / policy.nurseryShare);
  space->budget = {.limit = std::min(wanted, limit() / kLimitShare), .taken = 0};
}

// After a minor collection, as much may be needed as before, for instance if the guest allocates
// large arrays for a short time again and again. A full one that was asked for gives back what the
// live bytes do not call for. One that a minor one has become will be followed by another; memory
// is kept for what may be allocated until then: the growth that calls for one, by which the live
// bytes may exceed it since they are known only after a nursery, and another nursery.
uint64_t Heap::Implementation::keptBytes(Collection wanted, bool isFull) const {
  uint64_t nursery = space->budget.limit;
  if (!isFull) return lastTaken + nursery;
  bool isAskedFor = wanted == Collection::Full;
  uint64_t live = isAskedFor ? statistics.liveBytes : liveAfterFull;
  uint64_t nurseries = policy.isOfObjects ? 0 : isAskedFor ? 1 : 2;
  return live * policy.growthPercent / 100 + nurseries * nursery;
}

void Heap::Implementation::releaseMemory(Collection wanted, bool isFull) {
  gc::BlockTable& blocks = space->blocks;
  uint64_t keep = std::max(keptBytes(wanted, isFull), policy.leastNursery) / kBlock;
  if (isFull || blocks.residentFreeBlocks() > 2 * keep) blocks.releaseFree(keep);
}

base::Result<std::unique_ptr<Heap>> Heap::create(abi::AllocationState& allocation,
                                                 const abi::TypeDescriptor* types,
                                                 RootSource& roots, const HeapOptions& options) {
  uint64_t bytes = std::clamp(options.maxBytes, kMinHeap, kMaxHeap);
  auto blocks = static_cast<uint32_t>((bytes + kBlock - 1) / kBlock);
  TRY_ASSIGN(std::unique_ptr<gc::HeapSpace> space,
             gc::HeapSpace::reserve(blocks, gc::TypeTable(types), allocation, options.allowance));
  return std::unique_ptr<Heap>(
      new Heap(std::make_unique<Implementation>(std::move(space), roots, options.isStressed)));
}

Heap::Heap(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Heap::~Heap() = default;

abi::ObjectHeader* Heap::allocate(uint32_t type, uint32_t length, uint64_t size) {
  CHECK(size >= sizeof(abi::ObjectHeader) && size % gc::kGranule == 0);
  Implementation& heap = *implementation_;
  uintptr_t address = 0;
  if (heap.isStressed) {
    address = heap.allocateStressed(size);
  } else {
    address = heap.tryAllocate(size);
    if (address == 0) address = heap.collectAndAllocate(size);
  }
  if (address == 0) return nullptr;
  abi::ObjectHeader* object = gc::objectAt(address);
  *object = {.type = type, .length = length};
  return object;
}

uint64_t Heap::maxBytes() const { return implementation_->space->region.blockCount() * kBlock; }

void Heap::collect(Collection collection) { implementation_->collect(collection); }

uint64_t Heap::collections() const {
  const HeapStatistics& statistics = implementation_->statistics;
  return statistics.minorCollections + statistics.fullCollections;
}

bool Heap::contains(uint64_t word) const { return implementation_->space->finder.isObject(word); }

void Heap::verify() {
  gc::HeapSpace& space = *implementation_->space;
  space.small.retire();
  gc::Reachability(space).check(implementation_->roots, nullptr);
}

std::unique_ptr<HeapSearch> Heap::search() {
  implementation_->space->small.retire();
  return std::make_unique<gc::Reachability>(*implementation_->space);
}

Finalizers& Heap::finalizers() { return implementation_->finalizers; }

HeapStatistics Heap::statistics() const {
  HeapStatistics statistics = implementation_->statistics;
  statistics.reservedBytes = implementation_->space->blocks.residentBlocks() * kBlock;
  return statistics;
}

}  // namespace runtime
