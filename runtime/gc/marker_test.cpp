#include "runtime/gc/marker.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc::testing {
namespace {

// Marks from `root` with a stack of at most `maxWords`, as a heap does.
void markFrom(TestSpace& space, uint64_t root, uint64_t maxWords) {
  MarkStack stack(maxWords);
  Marker marker(space->types, space->marks, space->lines, stack);
  marker.push(root);
  marker.drain();
  while (marker.takeOverflow()) {
    space->forEachMarked([&](const abi::ObjectHeader* object) {
      marker.visit(object);
      marker.drain();
    });
  }
  EXPECT_TRUE(stack.isEmpty());
}

// Returns a random graph of objects that are all reachable from the first one.
std::vector<uint64_t> makeGraph(TestSpace& space) {
  std::mt19937_64 random(1);
  std::vector<uint64_t> objects;
  std::vector<std::pair<uint64_t, uint64_t>> places;  // of references that are null
  constexpr uint32_t kKinds[] = {kWide, kMixed, kNode, kReferences, kHuge};
  for (int i = 0; i < 3000; ++i) {
    uint32_t type = kKinds[i == 0 ? 0 : random() % (i % 50 == 0 ? 5 : 4)];
    auto length = type == kReferences ? static_cast<uint32_t>(random() % 3000 + 1) : 0;
    uint64_t object = space.allocate(type, length);
    if (!places.empty()) {
      std::swap(places[random() % places.size()], places.back());
      initialize(places.back().first, places.back().second, object);
      places.pop_back();
    }
    objects.push_back(object);
    for (uint64_t word = 1; word < space->types.sizeOf(objectAt(object)) / 8; ++word) {
      bool isPlace = isReferenceWord(type, word) && random() % (i == 0 ? 1 : 64) == 0;
      if (isPlace) places.emplace_back(object, word);
    }
    initialize(object, 1, object);
  }
  return objects;
}

TEST(Marker, MarksAllReachableObjects) {
  // A stack without any word leaves all to the search for marked objects.
  for (uint64_t maxWords : {UINT64_MAX, uint64_t{1000}, uint64_t{5}, uint64_t{0}}) {
    TestSpace space(4096);
    std::vector<uint64_t> objects = makeGraph(space);
    uint64_t garbage = space.allocate(kNode);
    initialize(garbage, 1, objects[0]);
    markFrom(space, objects[0], maxWords);
    for (uint64_t object : objects) {
      ASSERT_TRUE(space->marks.test(object));
      uint64_t size = space->types.sizeOf(objectAt(object));
      if (size > abi::kMaxSmallObject) continue;
      LineSet marked = space->lines.marked(space->region.blockOf(object));
      ASSERT_TRUE(marked.contains(space->region.lineOf(object)));
      ASSERT_TRUE(marked.contains(space->region.lineOf(object + size - 1)));
    }
    EXPECT_FALSE(space->marks.test(garbage));
  }
}

TEST(Marker, IgnoresWordsThatAreNoObjects) {
  TestSpace space;
  uint64_t array = space.allocate(kReferences, 3);
  initialize(array, 1, abi::i31Word(7));
  initialize(array, 2, 0x7ffffffff002);
  initialize(array, 3, ~uint64_t{0} - 1);
  markFrom(space, array, UINT64_MAX);
  EXPECT_TRUE(space->marks.test(array));
}

}  // namespace
}  // namespace runtime::gc::testing
