#include "runtime/gc/heap.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/gc/card_table.h"
#include "runtime/gc/object_finder.h"
#include "runtime/gc/reachability.h"
#include "runtime/gc/sweep.h"

namespace runtime {

using gc::kBlock;

namespace {

// The bytes that are allocated between two collections: the larger of kNursery and the live bytes /
// kNurseryShare, but not more than the heap's limit / kLimitShare.
constexpr uint64_t kNursery = uint64_t{8} << 20;
constexpr uint64_t kNurseryShare = 4;
constexpr uint64_t kLimitShare = 4;
// A collection is full if the live bytes exceed kFullGrowth times those after the last full one, of
// which at least kFullFloor are assumed.
constexpr uint64_t kFullGrowth = 2;
constexpr uint64_t kFullFloor = uint64_t{32} << 20;
// It is full also after the allocation of kFullInterval times those bytes, since minor collections
// do not find old objects that have died.
constexpr uint64_t kFullInterval = 32;
// In stress mode, each collection whose number is a multiple of this is full.
constexpr uint64_t kStressedFull = 8;

constexpr uint64_t kMinHeap = uint64_t{1} << 20;
constexpr uint64_t kMaxHeap = uint64_t{1} << 40;

// Passes roots to the marker.
class MarkingVisitor final : public RootVisitor {
 public:
  MarkingVisitor(const gc::Region& region, gc::ObjectFinder& finder, gc::Marker& marker)
      : region_(region), finder_(finder), marker_(marker) {}

  void reference(uint64_t word) override {
    CHECK(!abi::isObject(word) || region_.contains(word));
    marker_.push(word);
  }
  void conservative(WordRange words) override {
    finder_.forEachTarget(
        words, [this](const abi::ObjectHeader* object) { marker_.push(gc::addressOf(object)); });
  }

 private:
  const gc::Region& region_;
  gc::ObjectFinder& finder_;
  gc::Marker& marker_;
};

}  // namespace

struct Heap::Implementation {
  Implementation(abi::AllocationState& allocation, const abi::TypeDescriptor* types,
                 RootSource& roots, bool isStressed, gc::Region region, gc::TableSpace space);

  uintptr_t tryAllocate(uint64_t size) {
    return size > abi::kMaxSmallObject ? large_.allocate(size) : small_.allocate(size);
  }
  uintptr_t collectAndAllocate(uint64_t size);
  Collection collect(Collection collection);
  void verify();

  Collection kindFor(Collection wanted) const;
  void clearMarks();
  void mark(bool isFull);
  void drain();
  void visitMarked();
  void setBudget();
  void releaseMemory(bool isFull);
  void checkReachable(const gc::ObjectBits* marks);
  uint64_t limit() const { return region_.blockCount() * kBlock; }

  RootSource& roots_;
  bool isStressed_;
  gc::TypeTable types_;
  gc::Region region_;
  gc::TableSpace space_;
  gc::BlockTable blocks_;
  gc::LineMap lines_;
  gc::ObjectBits marks_;   // sticky: between collections, those of old objects
  gc::ObjectBits starts_;  // see ObjectFinder
  gc::CardTable cards_;
  gc::NurseryBudget budget_;
  gc::LargeSpace large_;
  gc::SmallSpace small_;
  gc::ObjectFinder finder_;
  gc::MarkStack stack_;
  gc::Marker marker_;
  HeapStatistics statistics_;
  uint64_t liveAfterFull_ = kFullFloor;
  uint64_t takenSinceFull_ = 0;
  uint64_t lastTaken_ = 0;  // between the last two collections
};

Heap::Implementation::Implementation(abi::AllocationState& allocation,
                                     const abi::TypeDescriptor* types, RootSource& roots,
                                     bool isStressed, gc::Region region, gc::TableSpace space)
    : roots_(roots),
      isStressed_(isStressed),
      types_(types),
      region_(std::move(region)),
      space_(std::move(space)),
      blocks_(region_, space_),
      lines_(region_, space_),
      marks_(region_, space_),
      starts_(region_, space_),
      cards_(region_, space_),
      large_(region_, blocks_, types_, budget_, space_),
      small_(region_, blocks_, lines_, allocation, budget_),
      finder_(region_, blocks_, lines_, small_, large_, types_, starts_),
      marker_(types_, marks_, lines_, stack_) {
  allocation = {nullptr, nullptr, cards_.biased()};
  setBudget();
}

// Returns 0 if there is no room after a full collection.
[[gnu::noinline]] uintptr_t Heap::Implementation::collectAndAllocate(uint64_t size) {
  if (size > limit()) return 0;
  // If little has been allocated since the last collection, a minor one would find little garbage.
  bool isSpent = budget_.taken >= budget_.limit / 2;
  Collection done = collect(isSpent ? Collection::Minor : Collection::Full);
  uintptr_t address = tryAllocate(size);
  if (address != 0 || done == Collection::Full) return address;
  collect(Collection::Full);
  return tryAllocate(size);
}

Heap::Collection Heap::Implementation::collect(Collection wanted) {
  small_.retire();
  lastTaken_ = budget_.taken;
  takenSinceFull_ += lastTaken_;
  Collection kind = kindFor(wanted);
  bool isFull = kind == Collection::Full;
  mark(isFull);
  gc::Sweep sweep(region_, blocks_, lines_, large_, types_, marks_, starts_, isStressed_);
  statistics_.liveBytes = sweep.run(isFull);
  small_.resetSearch();
  large_.resetSearch();
  stack_.shrink();
  ++(isFull ? statistics_.fullCollections : statistics_.minorCollections);
  if (isFull) {
    liveAfterFull_ = std::max(kFullFloor, statistics_.liveBytes);
    takenSinceFull_ = 0;
  }
  setBudget();
  releaseMemory(isFull);
  return kind;
}

Heap::Collection Heap::Implementation::kindFor(Collection wanted) const {
  bool hasGrown = statistics_.liveBytes > kFullGrowth * liveAfterFull_;
  bool isDue = takenSinceFull_ > kFullInterval * liveAfterFull_;
  return hasGrown || isDue ? Collection::Full : wanted;
}

void Heap::Implementation::mark(bool isFull) {
  if (isStressed_) finder_.parseAll();
  if (isFull) clearMarks();
  MarkingVisitor visitor(region_, finder_, marker_);
  // The finder needs the lines that were marked by the last collection.
  roots_.visitRoots(visitor);
  if (isFull) {
    blocks_.forEach(gc::BlockState::Small, [this](uint32_t block) { lines_.clearMarks(block); });
    cards_.clear(blocks_);
  } else {
    cards_.scan(blocks_, large_, marks_, types_, marker_);
  }
  drain();
  if (isStressed_) checkReachable(&marks_);
}

void Heap::Implementation::clearMarks() {
  blocks_.forEach(gc::BlockState::Small, [this](uint32_t block) { marks_.clearBlock(block); });
  large_.forEach([this](const abi::ObjectHeader* object) { marks_.clear(gc::addressOf(object)); });
}

void Heap::Implementation::drain() {
  marker_.drain();
  while (marker_.takeOverflow()) visitMarked();
}

[[gnu::noinline]] void Heap::Implementation::visitMarked() {
  auto visit = [this](uintptr_t address) {
    marker_.visit(gc::objectAt(address));
    marker_.drain();
  };
  blocks_.forEach(gc::BlockState::Small, [&](uint32_t block) {
    uintptr_t begin = region_.addressOfBlock(block);
    marks_.forEach(begin, begin + kBlock, visit);
  });
  large_.forEach([&](const abi::ObjectHeader* object) {
    if (marks_.test(gc::addressOf(object))) visit(gc::addressOf(object));
  });
}

void Heap::Implementation::setBudget() {
  uint64_t wanted = std::max(kNursery, statistics_.liveBytes / kNurseryShare);
  budget_ = {.limit = std::min(wanted, limit() / kLimitShare), .taken = 0};
}

// Memory for the next nursery is kept. After a minor collection, as much again may be needed as
// before, for instance if the guest allocates large arrays for a short time again and again.
void Heap::Implementation::releaseMemory(bool isFull) {
  uint64_t keep = (budget_.limit + (isFull ? 0 : lastTaken_)) / kBlock;
  if (isFull || blocks_.residentFreeBlocks() > 2 * keep) blocks_.releaseFree(keep);
}

void Heap::Implementation::checkReachable(const gc::ObjectBits* marks) {
  gc::Reachability(region_, blocks_, lines_, large_, types_, finder_).check(roots_, marks);
}

void Heap::Implementation::verify() {
  small_.retire();
  checkReachable(nullptr);
}

base::Result<std::unique_ptr<Heap>> Heap::create(abi::AllocationState& allocation,
                                                 const abi::TypeDescriptor* types,
                                                 RootSource& roots, const HeapOptions& options) {
  uint64_t bytes = std::clamp(options.maxBytes, kMinHeap, kMaxHeap);
  auto blocks = static_cast<uint32_t>((bytes + kBlock - 1) / kBlock);
  TRY_ASSIGN(gc::Region region, gc::Region::reserve(blocks));
  uint64_t tableBytes = gc::BlockTable::tableBytes(blocks) + gc::LineMap::tableBytes(blocks) +
                        2 * gc::ObjectBits::tableBytes(blocks) + gc::CardTable::tableBytes(blocks) +
                        gc::LargeSpace::tableBytes(blocks);
  TRY_ASSIGN(gc::TableSpace space, gc::TableSpace::reserve(tableBytes));
  return std::unique_ptr<Heap>(new Heap(std::make_unique<Implementation>(
      allocation, types, roots, options.isStressed, std::move(region), std::move(space))));
}

Heap::Heap(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Heap::~Heap() = default;

abi::ObjectHeader* Heap::allocate(uint32_t type, uint32_t length, uint64_t size) {
  Implementation& heap = *implementation_;
  CHECK(size >= sizeof(abi::ObjectHeader) && size % gc::kGranule == 0);
  if (heap.isStressed_) {
    uint64_t number = heap.statistics_.minorCollections + heap.statistics_.fullCollections;
    heap.collect(number % kStressedFull == 0 ? Collection::Full : Collection::Minor);
  }
  uintptr_t address = heap.tryAllocate(size);
  if (address == 0) address = heap.collectAndAllocate(size);
  if (address == 0) return nullptr;
  if (heap.isStressed_) {
    if (size <= abi::kMaxSmallObject) {
      std::memset(reinterpret_cast<void*>(address), gc::Sweep::kPoison, size);
    }
    // The next object must come here as well.
    heap.small_.retire();
  }
  abi::ObjectHeader* object = gc::objectAt(address);
  *object = {.type = type, .length = length};
  return object;
}

void Heap::collect(Collection collection) { implementation_->collect(collection); }

bool Heap::contains(uint64_t word) const { return implementation_->finder_.isObject(word); }

void Heap::verify() { implementation_->verify(); }

HeapStatistics Heap::statistics() const {
  HeapStatistics statistics = implementation_->statistics_;
  statistics.reservedBytes = implementation_->blocks_.residentBlocks() * kBlock;
  return statistics;
}

}  // namespace runtime
