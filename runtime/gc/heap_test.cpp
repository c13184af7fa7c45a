#include "runtime/gc/heap.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc::testing {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;

uint64_t residentBytes() {
  uint64_t total = 0;
  uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

TEST(Heap, HasNothingBeforeTheFirstObject) {
  abi::AllocationState allocation{};
  TestTypes types;
  struct NoRoots final : RootSource {
    void visitRoots(RootVisitor&) override {}
  } roots;
  auto heap = Heap::create(allocation, types.rows(), roots, {}).value();
  EXPECT_EQ(allocation.cursor, allocation.limit);
  EXPECT_EQ(heap->statistics().reservedBytes, 0u);
  heap->collect(Heap::Collection::Minor);
  heap->collect(Heap::Collection::Full);
  heap->verify();
  EXPECT_EQ(heap->statistics().liveBytes, 0u);
  EXPECT_FALSE(heap->contains(0));
}

TEST(Heap, ReservesTheLargestHeapIfTheSystemAllows) {
  abi::AllocationState allocation{};
  TestTypes types;
  struct NoRoots final : RootSource {
    void visitRoots(RootVisitor&) override {}
  } roots;
  auto heap = Heap::create(allocation, types.rows(), roots, {.maxBytes = UINT64_MAX});
  if (!heap.ok()) {
    EXPECT_NE(heap.error().message.find("address space"), std::string::npos);
  }
}

TEST(Heap, WritesTheHeader) {
  TestHeap heap;
  for (uint32_t length : {0, 100, 10000, 1000000}) {
    uint64_t array = heap.allocate(kBytes, length);
    EXPECT_EQ(objectAt(array)->type, TestTypes::word(kBytes));
    EXPECT_EQ(objectAt(array)->length, length);
    EXPECT_TRUE(heap->contains(array));
  }
}

TEST(Heap, MinorCollectionsKeepOldObjects) {
  TestHeap heap;
  uint64_t dead = heap.allocate(kNode);
  heap.handles = {heap.allocate(kNode)};
  heap->collect(Heap::Collection::Minor);
  EXPECT_TRUE(heap->contains(heap.handles[0]));
  EXPECT_FALSE(heap->contains(dead));
  uint64_t old = heap.handles[0];
  heap.handles.clear();
  heap->collect(Heap::Collection::Minor);
  EXPECT_TRUE(heap->contains(old));
  heap->collect(Heap::Collection::Full);
  EXPECT_FALSE(heap->contains(old));
  EXPECT_EQ(heap->statistics().minorCollections, 2u);
  EXPECT_EQ(heap->statistics().fullCollections, 1u);
  EXPECT_EQ(heap->statistics().liveBytes, 0u);
}

TEST(Heap, WordsKeepObjects) {
  for (bool isStressed : {false, true}) {
    for (uint32_t length : {0u, 50u, 500u, 5000u, 500000u}) {
      TestHeap heap({.isStressed = isStressed});
      uint64_t array = heap.allocate(kLongs, length);
      for (uint64_t offset :
           {uint64_t{0}, uint64_t{7}, length * uint64_t{8} + 7, length * uint64_t{8} + 8}) {
        heap.words = {array + offset};
        heap->collect(Heap::Collection::Full);
        heap.allocate(kNode);
        ASSERT_TRUE(heap->contains(array));
      }
      heap.words = {array + length * 8 + 9, array - 1};
      heap->collect(Heap::Collection::Full);
      ASSERT_FALSE(heap->contains(array));
    }
  }
}

TEST(Heap, ReturnsNullAtTheLimitAndRecovers) {
  for (uint32_t length : {0u, 100u, 1000u, 5000u, 50000u}) {
    TestHeap heap({.maxBytes = 8 * kMiB});
    heap.handles = {heap.allocate(kReferences, length)};
    uint64_t count = 0;
    for (int round = 0; round < 3; ++round) {
      uint64_t first = heap.handles[0];
      for (count = 0;; ++count) {
        uint64_t next = heap.allocate(kReferences, length + 1);
        if (next == 0) break;
        initialize(next, 1, heap.handles[0]);
        heap.handles[0] = next;
      }
      EXPECT_GT(count * heap.types().sizeOf(kReferences, length + 1), 8 * kMiB * 3 / 4);
      heap->verify();
      heap.handles[0] = first;
    }
  }
}

// Allows so many bytes.
class FixedAllowance final : public gc::MemoryAllowance {
 public:
  explicit FixedAllowance(uint64_t bytes) : left_(bytes) {}
  uint64_t left() const { return left_; }

  bool takeForHeap(uint64_t bytes) override {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }
  void giveBackOfHeap(uint64_t bytes) override { left_ += bytes; }

 private:
  uint64_t left_;
};

TEST(Heap, TakesWhatItsAllowanceHas) {
  FixedAllowance allowance(4 * kMiB);
  for (uint32_t length : {0u, 1000u, 50000u}) {
    TestHeap heap({.maxBytes = 64 * kMiB, .allowance = &allowance});
    heap.handles = {heap.allocate(kReferences, length)};
    uint64_t bytes = 0;
    uint64_t size = heap.types().sizeOf(kReferences, length + 1);
    while (uint64_t next = heap.allocate(kReferences, length + 1)) {
      initialize(next, 1, heap.handles[0]);
      heap.handles[0] = next;
      bytes += size;
    }
    EXPECT_LE(bytes, 4 * kMiB);
    EXPECT_GT(bytes, 2 * kMiB);
    heap.handles.clear();
    EXPECT_NE(heap.allocate(kReferences, length), 0u);
  }
  EXPECT_EQ(allowance.left(), 4 * kMiB);
}

TEST(Heap, RefusesWhatCannotFit) {
  TestHeap heap({.maxBytes = kMiB});
  EXPECT_EQ(heap.allocate(kVectors, UINT32_MAX), 0u);
  EXPECT_EQ(heap.allocate(kBytes, kMiB), 0u);
  EXPECT_NE(heap.allocate(kBytes, kMiB - 8), 0u);
  EXPECT_NE(heap.allocate(kBytes, kMiB - 8), 0u);
  EXPECT_EQ(heap->allocate(TestTypes::word(kBytes), 0, ~uint64_t{7}), nullptr);
}

TEST(Heap, ShortLivedObjectsTakeLittleMemory) {
  TestHeap heap({.maxBytes = 64 * kMiB});
  std::mt19937_64 random(1);
  uint64_t before = residentBytes();
  for (uint64_t allocated = 0; allocated < 1024 * kMiB;) {
    auto length = static_cast<uint32_t>(random() % (random() % 64 == 0 ? 100000 : 1000));
    uint64_t object = heap.allocate(kBytes, length);
    ASSERT_NE(object, 0u);
    allocated += heap.types().sizeOf(kBytes, length);
  }
  EXPECT_LE(heap->statistics().reservedBytes, 20 * kMiB);
  EXPECT_LE(residentBytes(), before + 24 * kMiB);
}

TEST(Heap, GivesMemoryBack) {
  TestHeap heap({.maxBytes = 512 * kMiB});
  uint64_t before = residentBytes();
  for (int round = 0; round < 2; ++round) {
    heap.handles = {heap.allocate(kReferences, 2000)};
    for (uint64_t i = 0; i < 1000; ++i) {
      uint64_t array = heap.allocate(kReferences, i % 2 == 0 ? 40000 : 500);
      std::memset(reinterpret_cast<void*>(array + 8), 0x11, 4000);
      heap.store(heap.handles[0], 1 + i, array);
    }
    EXPECT_GE(heap->statistics().reservedBytes, 150 * kMiB);
    heap.handles.clear();
    heap->collect(Heap::Collection::Full);
    EXPECT_LE(heap->statistics().reservedBytes, 9 * kMiB);
    EXPECT_LE(residentBytes(), before + 20 * kMiB);
  }
}

// Minor collections do not find that old objects have died.
TEST(Heap, CollectsOldObjectsInTime) {
  TestHeap heap({.maxBytes = 512 * kMiB});
  heap.handles = {heap.allocate(kLongs, 5000000)};
  heap->collect(Heap::Collection::Full);
  heap.handles.clear();
  for (uint64_t i = 0; i < 200000; ++i) heap.allocate(kLongs, 1000);
  EXPECT_LE(heap->statistics().liveBytes, 10 * kMiB);
}

TEST(Heap, MarksALongListWithoutRecursion) {
  TestHeap heap;
  heap.handles = {0};
  constexpr uint32_t kLength = 10000000;
  for (uint32_t i = 0; i < kLength; ++i) {
    uint64_t node = heap.allocate(kNode);
    ASSERT_NE(node, 0u);
    initialize(node, 1, heap.handles[0]);
    heap.handles[0] = node;
  }
  heap->collect(Heap::Collection::Full);
  EXPECT_GE(heap->statistics().liveBytes, kLength * uint64_t{24});
  uint32_t length = 0;
  for (uint64_t node = heap.handles[0]; node != 0; node = load(node, 1)) ++length;
  EXPECT_EQ(length, kLength);
}

TEST(Heap, MarksAHugeArray) {
  TestHeap heap;
  constexpr uint32_t kLength = 3000000;
  heap.handles = {heap.allocate(kReferences, kLength)};
  for (uint64_t i = 0; i < kLength; ++i) {
    uint64_t box = heap.allocate(kBox);
    heap.store(heap.handles[0], 1 + i, box);
  }
  heap->collect(Heap::Collection::Full);
  for (uint64_t i = 0; i < kLength; ++i) {
    ASSERT_EQ(objectAt(load(heap.handles[0], 1 + i))->type, TestTypes::word(kBox));
  }
  EXPECT_GE(heap->statistics().liveBytes, kLength * uint64_t{16});
}

// The memory for each byte of an object, after random ones of about `live` bytes have been replaced
// again and again.
struct Fragmentation {
  double used;    // lines and units in use
  double peak;    // blocks with memory, at most
  double steady;  // at most in the second half
};
template <class Length>
Fragmentation fragmentation(uint64_t live, Length length) {
  constexpr uint32_t kSlots = 200000;
  TestHeap heap;
  std::mt19937_64 random(1);
  heap.handles = {heap.allocate(kReferences, kSlots)};
  uint64_t slots = 0;
  uint64_t bytes = heap.types().sizeOf(kReferences, kSlots);
  auto replace = [&](uint64_t slot) {
    uint64_t object = heap.allocate(kBytes, length(random));
    uint64_t old = load(heap.handles[0], 1 + slot);
    if (old != 0) bytes -= heap.types().sizeOf(kBytes, objectAt(old)->length);
    bytes += heap.types().sizeOf(kBytes, objectAt(object)->length);
    heap.store(heap.handles[0], 1 + slot, object);
  };
  while (bytes < live && slots < kSlots) replace(slots++);
  double peak = 0;
  double steady = 0;
  for (uint64_t i = 0; i < 8 * slots; ++i) {
    replace(random() % slots);
    if (i % 64 != 0) continue;
    double now = static_cast<double>(heap->statistics().reservedBytes) / static_cast<double>(bytes);
    peak = std::max(peak, now);
    if (i >= 4 * slots) steady = std::max(steady, now);
  }
  heap->collect(Heap::Collection::Full);
  return {static_cast<double>(heap->statistics().liveBytes) / static_cast<double>(bytes), peak,
          steady};
}

TEST(Heap, FragmentsLittle) {
  auto any = [](std::mt19937_64& random) {
    return static_cast<uint32_t>(random() % (uint64_t{1} << (3 + random() % 14)));
  };
  auto medium = [](std::mt19937_64& random) { return static_cast<uint32_t>(random() % 8000); };
  auto large = [](std::mt19937_64& random) {
    return static_cast<uint32_t>(8200 + random() % 32000);
  };
  // The peak includes the nursery and what has become garbage since the last full collection.
  Fragmentation found = fragmentation(32 * kMiB, any);
  EXPECT_LE(found.used, 1.1);
  EXPECT_LE(found.peak, 2.6);
  found = fragmentation(32 * kMiB, medium);
  EXPECT_LE(found.used, 1.1);
  EXPECT_LE(found.peak, 2.6);
  found = fragmentation(32 * kMiB, large);
  EXPECT_LE(found.used, 1.1);
  EXPECT_LE(found.peak, 2.6);
}

TEST(Heap, LongReplacementTakesLessThanHalfMoreMemory) {
  auto any = [](std::mt19937_64& random) {
    return static_cast<uint32_t>(random() % (uint64_t{1} << (3 + random() % 14)));
  };
  auto medium = [](std::mt19937_64& random) { return static_cast<uint32_t>(random() % 8000); };
  auto large = [](std::mt19937_64& random) {
    return static_cast<uint32_t>(8200 + random() % 32000);
  };
  EXPECT_LE(fragmentation(64 * kMiB, any).steady, 1.5);
  EXPECT_LE(fragmentation(64 * kMiB, medium).steady, 1.5);
  EXPECT_LE(fragmentation(64 * kMiB, large).steady, 1.5);
  // Many objects in a line.
  auto small = [](std::mt19937_64& random) { return static_cast<uint32_t>(random() % 120); };
  EXPECT_LE(fragmentation(12 * kMiB, small).used, 1.1);
}

TEST(Heap, CompactsBeforeItRefuses) {
  TestHeap heap({.maxBytes = 32 * kMiB});
  // 24 MiB, of which every second object dies.
  for (int i = 0; i < 768; ++i) {
    heap.handles.push_back(heap.allocate(kBytes, 32 * 1024 - 64));
    ASSERT_NE(heap.handles.back(), 0u);
  }
  for (size_t i = 0; i < heap.handles.size(); i += 2) heap.handles[i] = 0;
  EXPECT_NE(heap.allocate(kBytes, 18 * kMiB), 0u);
  EXPECT_GT(heap->statistics().compactions, 0u);
}

TEST(Heap, StressFindsALostObject) {
  TestHeap heap({.isStressed = true});
  heap.handles = {heap.allocate(kNode)};
  uint64_t lost = heap.allocate(kNode);
  // Without a barrier, though the allocation has made the first object old.
  initialize(heap.handles[0], 1, lost);
  EXPECT_DEATH(heap->collect(Heap::Collection::Minor), "CHECK");
}

// The mark stack of a stressed heap has no room for the elements of an array.
TEST(Heap, SurvivesOverflowsOfTheMarkStack) {
  TestHeap heap({.isStressed = true});
  constexpr uint32_t kLength = 200;
  heap.handles = {heap.allocate(kReferences, kLength)};
  for (uint64_t i = 1; i <= kLength; ++i) {
    heap.store(heap.handles[0], i, heap.allocate(kNode));
    uint64_t box = heap.allocate(kBox);
    heap.store(load(heap.handles[0], i), 1, box);
  }
  heap->collect(Heap::Collection::Full);
  for (uint64_t i = 1; i <= kLength; ++i) {
    uint64_t node = load(heap.handles[0], i);
    ASSERT_TRUE(heap->contains(node));
    ASSERT_TRUE(heap->contains(load(node, 1)));
  }
}

TEST(Heap, VerifyFindsWrongReferences) {
  TestHeap heap;
  heap.handles = {heap.allocate(kNode)};
  heap.store(heap.handles[0], 1, abi::i31Word(5));
  heap.store(heap.handles[0], 2, heap.handles[0]);
  heap->verify();
  heap.store(heap.handles[0], 1, heap.handles[0] + 8);
  EXPECT_DEATH(heap->verify(), "CHECK");
  heap.store(heap.handles[0], 1, 0x1000);
  EXPECT_DEATH(heap->verify(), "CHECK");
}

TEST(Heap, StressPoisonsFreeLines) {
  TestHeap heap({.isStressed = true});
  uint64_t dead = heap.allocate(kNode);
  uint64_t large = heap.allocate(kHuge);
  heap->collect(Heap::Collection::Minor);
  EXPECT_EQ(load(dead, 1), 0xdbdbdbdbdbdbdbdbu);
  EXPECT_EQ(load(large, 1), 0xdbdbdbdbdbdbdbdbu);
}

}  // namespace
}  // namespace runtime::gc::testing
