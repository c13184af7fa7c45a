#include "runtime/gc/finalizers.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc::testing {
namespace {

constexpr auto kMinor = Heap::Collection::Minor;
constexpr auto kFull = Heap::Collection::Full;

// The finalizers that have run, by a number.
std::vector<size_t> finalized;

Finalizer noting(size_t number) {
  return {[](void* argument) { finalized.push_back(reinterpret_cast<size_t>(argument)); },
          reinterpret_cast<void*>(number)};
}

class FinalizersTest : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override { finalized.clear(); }

  uint64_t allocate(size_t number, uint32_t type = kBox, uint32_t length = 0) {
    uint64_t object = heap_->allocate(type, length);
    heap()->finalizers().add(object, noting(number));
    return object;
  }
  // Allocates an object that a handle keeps alive.
  void hold(size_t number, uint32_t type = kBox, uint32_t length = 0) {
    heap().handles.push_back(allocate(number, type, length));
  }
  TestHeap& heap() { return *heap_; }
  // Collects, and returns the finalizers that are due then.
  std::vector<size_t> collect(Heap::Collection kind) {
    heap()->collect(kind);
    finalized.clear();
    heap()->finalizers().runDue();
    EXPECT_FALSE(heap()->finalizers().hasDue());
    return finalized;
  }

  std::unique_ptr<TestHeap> heap_ =
      std::make_unique<TestHeap>(HeapOptions{.isStressed = GetParam()});
};

using Numbers = std::vector<size_t>;

TEST_P(FinalizersTest, ObjectsThatDieYoung) {
  for (uint32_t length : {0u, 10u, 100000u}) {
    allocate(1, kBytes, length);
    EXPECT_EQ(collect(kMinor), Numbers{1});
    EXPECT_EQ(collect(kFull), Numbers{});
  }
}

TEST_P(FinalizersTest, ObjectsThatDieOld) {
  hold(1);
  hold(2, kHuge);
  EXPECT_EQ(collect(kMinor), Numbers{});
  EXPECT_EQ(collect(kFull), Numbers{});
  heap().handles.clear();
  EXPECT_EQ(collect(kMinor), Numbers{});  // old objects keep their marks
  EXPECT_EQ(collect(kFull), (Numbers{1, 2}));
  EXPECT_EQ(collect(kFull), Numbers{});
}

TEST_P(FinalizersTest, YoungBesideOldObjects) {
  hold(1);
  hold(2);
  collect(kMinor);
  hold(3);
  allocate(4);
  hold(5);
  EXPECT_EQ(collect(kMinor), Numbers{4});
  heap().handles = {heap().handles[1], heap().handles[3]};
  EXPECT_EQ(collect(kFull), (Numbers{1, 3}));
  heap().handles.clear();
  EXPECT_EQ(collect(kFull), (Numbers{2, 5}));
}

TEST_P(FinalizersTest, AddressesOnTheStackKeepObjects) {
  heap().words = {allocate(1, kNode) + 9};
  EXPECT_EQ(collect(kMinor), Numbers{});
  EXPECT_EQ(collect(kFull), Numbers{});
  heap().words.clear();
  EXPECT_EQ(collect(kFull), Numbers{1});
}

TEST_P(FinalizersTest, ObjectsThatAreReachableFromOthersOnly) {
  uint64_t object = allocate(1);
  heap().handles = {object};
  uint64_t holder = heap().allocate(kReferences, 1);
  initialize(holder, 1, object);
  heap().handles = {holder};
  EXPECT_EQ(collect(kMinor), Numbers{});
  // A young object that only an old one refers to.
  uint64_t other = allocate(2);
  heap().store(holder, 1, other);
  EXPECT_EQ(collect(kMinor), Numbers{});
  EXPECT_EQ(collect(kFull), Numbers{1});
  heap().handles.clear();
  EXPECT_EQ(collect(kFull), Numbers{2});
}

// Objects that refer to each other die together.
TEST_P(FinalizersTest, Cycles) {
  hold(1, kReferences, 1);
  hold(2, kReferences, 1);
  heap().store(heap().handles[0], 1, heap().handles[1]);
  heap().store(heap().handles[1], 1, heap().handles[0]);
  heap().handles.pop_back();
  EXPECT_EQ(collect(kFull), Numbers{});
  heap().handles.clear();
  EXPECT_EQ(collect(kFull), (Numbers{1, 2}));
}

TEST_P(FinalizersTest, TheHeapRunsTheRemainingOnes) {
  hold(1);
  hold(2);
  heap()->collect(kMinor);
  heap().handles.pop_back();
  heap()->collect(kFull);  // makes 2 due
  hold(3);
  EXPECT_EQ(finalized, Numbers{});
  heap_.reset();
  EXPECT_EQ(finalized, (Numbers{2, 1, 3}));
}

TEST_P(FinalizersTest, AreNotRunByEachOther) {
  static Finalizers* all;
  static size_t runs;
  all = &heap()->finalizers();
  runs = 0;
  for (int i = 0; i < 2; ++i) {
    all->add(heap().allocate(kBox), {[](void*) {
                                       EXPECT_TRUE(all->isRunning());
                                       size_t before = ++runs;
                                       all->runDue();
                                       EXPECT_EQ(runs, before);
                                     },
                                     nullptr});
  }
  heap()->collect(kFull);
  all->runDue();
  EXPECT_EQ(runs, 2u);
  EXPECT_FALSE(all->isRunning());
}

// Each finalizer runs exactly once, and not before its object is dropped.
TEST_P(FinalizersTest, ManyRandomObjects) {
  std::mt19937 random(1);
  std::set<size_t> dropped;
  std::vector<size_t> numbers;
  size_t run = 0;
  for (size_t number = 1; number < 3000; ++number) {
    hold(number, random() % 8 == 0 ? kNode : kBox);
    numbers.push_back(number);
    if (random() % 4 != 0) {
      size_t at = random() % numbers.size();
      dropped.insert(numbers[at]);
      std::swap(numbers[at], numbers.back());
      std::swap(heap().handles[at], heap().handles.back());
      numbers.pop_back();
      heap().handles.pop_back();
    }
    if (number % 50 != 0) continue;
    for (size_t done : collect(random() % 4 == 0 ? kFull : kMinor)) {
      EXPECT_EQ(dropped.erase(done), 1u);
      ++run;
    }
  }
  EXPECT_GT(run, 1000u);
  heap().handles.clear();
  EXPECT_EQ(collect(kFull).size() + run, 2999u);
}

INSTANTIATE_TEST_SUITE_P(Modes, FinalizersTest, ::testing::Bool(), [](const auto& info) {
  return std::string(info.param ? "Stressed" : "Usual");
});

}  // namespace
}  // namespace runtime::gc::testing
