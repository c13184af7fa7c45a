#include "runtime/objects/host_reference.h"

#include <gtest/gtest.h>

#include "runtime/instance/store_state.h"
#include "runtime/store.h"
#include "runtime/types/type_match.h"

namespace runtime {
namespace {

void* pointerOf(uint64_t word) { return reinterpret_cast<void*>(word); }

TEST(HostReference, AnyPointerIsReadBack) {
  Store store({.stressesHeap = true});
  constexpr uint64_t kWords[] = {0, 1, 2, 8, UINT64_MAX >> 2, uint64_t{1} << 62, UINT64_MAX};
  std::vector<Rooted> rooted;
  for (uint64_t word : kWords) {
    Value value = store.newExternRef(pointerOf(word)).value();
    EXPECT_EQ(value.kind, abi::ValueKind::ExternRef);
    EXPECT_NE(value.slot.i64, 0u);
    EXPECT_EQ(abi::isObject(value.slot.i64), !abi::fitsHostWord(word));
    rooted.push_back(store.root(value));
  }
  store.collectGarbage();
  for (size_t i = 0; i < rooted.size(); ++i) {
    EXPECT_EQ(referentKind(rooted[i].word()), ReferentKind::Host);
    EXPECT_EQ(hostPointerOf(rooted[i].word()), pointerOf(kWords[i]));
    EXPECT_EQ(ExternRef{rooted[i].word()}.pointer(), pointerOf(kWords[i]));
  }
}

TEST(HostReference, SmallPointersNeedNoHeap) {
  Store store;
  int target = 0;
  Value value = store.newExternRef(&target).value();
  EXPECT_EQ(value.slot.i64, Value::externRef(&target).slot.i64);
  EXPECT_EQ(store.state().heap, nullptr);
  store.collectGarbage();
}

TEST(HostReference, OtherReferencesHaveNoPointer) {
  EXPECT_EQ(hostPointerOf(0), nullptr);
  EXPECT_EQ(hostPointerOf(abi::i31Word(7)), nullptr);
}

// As an anyref it is neither eq nor any type below.
TEST(HostReference, ABoxIsOnlyAny) {
  Store store;
  Value value = store.newExternRef(pointerOf(UINT64_MAX)).value();
  EXPECT_TRUE(fits(value, abi::kExternRef));
  value.kind = abi::ValueKind::AnyRef;
  for (abi::HeapKind heap : {abi::HeapKind::Any, abi::HeapKind::Eq, abi::HeapKind::I31,
                             abi::HeapKind::Struct, abi::HeapKind::Array, abi::HeapKind::None}) {
    EXPECT_EQ(fits(value, {abi::ValueKind::AnyRef, heap, 1, 0, 0}), heap == abi::HeapKind::Any);
  }
}

void count(void* counter) { ++*static_cast<int*>(counter); }

TEST(HostReference, FinalizersRunAfterACollectionAndOnce) {
  for (bool isStressed : {false, true}) {
    int first = 0;
    int second = 0;
    {
      Store store({.stressesHeap = isStressed});
      Rooted rooted = store.root(store.newExternRef(&first, count).value());
      ASSERT_TRUE(store.newExternRef(&second, count).ok());
      store.collectGarbage();
      EXPECT_EQ(first, 0);
      EXPECT_EQ(second, 1);
      EXPECT_EQ(hostPointerOf(rooted.word()), &first);
      store.collectGarbage();
      EXPECT_EQ(second, 1);
    }
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 1);
  }
}

// What a structure of the host that has a handle does when it is freed.
TEST(HostReference, FinalizersMayDestroyHandles) {
  int finalized = 0;
  struct Holder {
    Rooted handle;
  };
  {
    Store store;
    for (int i = 0; i < 2; ++i) {
      Rooted inner = store.root(store.newExternRef(&finalized, count).value());
      auto destroy = [](void* holder) { delete static_cast<Holder*>(holder); };
      ASSERT_TRUE(store.newExternRef(new Holder{std::move(inner)}, destroy).ok());
      if (i == 1) break;  // the second one is destroyed with the store
      store.collectGarbage();
      EXPECT_EQ(finalized, 0);
      store.collectGarbage();
      EXPECT_EQ(finalized, 1);
    }
  }
  EXPECT_EQ(finalized, 2);
}

TEST(HostReference, AHeapWithoutRoomIsAnError) {
  StoreOptions options;
  options.limits.heapBytes = uint64_t{1} << 20;
  Store store(options);
  int finalized = 0;
  int made = 0;
  {
    std::vector<Rooted> rooted;
    for (;; ++made) {
      auto value = store.newExternRef(&finalized, count);
      if (!value.ok()) break;
      rooted.push_back(store.root(*value));
    }
  }
  EXPECT_GT(made, 10000);
  EXPECT_EQ(finalized, 0);
  store.collectGarbage();
  EXPECT_EQ(finalized, made);
}

}  // namespace
}  // namespace runtime
