#include "runtime/instantiate/instance_collection.h"

#include <gtest/gtest.h>

#include "runtime/fixture/running.h"
#include "runtime/instance/store_state.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/objects.h"

namespace runtime {
namespace {

using abi::ExternKind;
using abi::SegmentMode;
using fixture::constI32;
using fixture::ModuleBuilder;

constexpr abi::ValueType kAnyRef = {abi::ValueKind::AnyRef, abi::HeapKind::Any, 1, 0, 0};
constexpr abi::GlobalType kAnyGlobal = {kAnyRef, true, {}};

void count(void* counter) { ++*static_cast<int*>(counter); }

// A module that exports a function "add", a global "any" of the type anyref, a memory of a page, a
// table with the function, and a tag, and has a type of structs with a funcref and an anyref.
ModuleBuilder withObjects() {
  ModuleBuilder builder;
  uint32_t type = builder.type<uint32_t, uint32_t, uint32_t>();
  builder.addStruct(
      {{abi::kFuncRef, abi::PackedKind::None, 1, {}}, {kAnyRef, abi::PackedKind::None, 1, {}}});
  uint32_t add = builder.function(type, fixture::guestAdd);
  builder.exportAs("add", ExternKind::Function, add);
  builder.exportAs("any", ExternKind::Global, builder.global(kAnyGlobal, fixture::refNull()));
  builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1)));
  builder.exportAs("table", ExternKind::Table, builder.table(fixture::tableType(2)));
  builder.elements(SegmentMode::Active, {add}, constI32(0));
  builder.exportAs("tag", ExternKind::Tag, builder.tag(builder.type<void, uint32_t>()));
  return builder;
}

constexpr uint32_t kPairType = 1;  // of withObjects()

// Returns a new struct of the instance's module. `next` must be a root.
Value pair(Store& store, const Instance& instance, abi::FuncRef* function, uint64_t next) {
  abi::Slot fields[2] = {};
  fields[0].ref = function;
  fields[1].i64 = next;
  Value value;
  value.kind = abi::ValueKind::AnyRef;
  value.slot.ref = newStruct(store.state(), instance.module().typeId(kPairType), fields);
  return value;
}

// Returns an anyref to a box whose finalizer counts.
Value counted(Store& store, int& finalized) {
  Value value = store.newExternRef(&finalized, count).value();
  value.kind = abi::ValueKind::AnyRef;
  return value;
}

class InstanceCollection : public ::testing::TestWithParam<bool> {
 protected:
  Instance& instantiate(std::shared_ptr<const Module> module,
                        std::initializer_list<Extern> imports = {}) {
    return fixture::instantiate(store_, std::move(module), imports);
  }
  size_t instances() const { return store_.state().instances.size(); }

  // An instance that is not released, so that only collectGarbage() searches.
  void keepOthers() {
    for (int i = 0; i < 4; ++i) instantiate(ModuleBuilder().build());
    others_ = instances();
  }

  int finalized_ = 0;  // outlives the store
  size_t others_ = 0;
  Store store_{StoreOptions{.stressesHeap = GetParam()}};
};

INSTANTIATE_TEST_SUITE_P(Plain, InstanceCollection, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(Stressed, InstanceCollection, ::testing::Values(true));

TEST_P(InstanceCollection, GivesBackWhatAnInstanceTakes) {
  StoreOptions options;
  options.limits.instances = 1;
  options.limits.memoryBytes = abi::kPageSize;
  options.limits.tableElements = 2;
  Store store(options);
  auto module = withObjects().build();
  for (int i = 0; i < 10; ++i) {
    Instance& instance = fixture::instantiate(store, module);
    EXPECT_EQ(fixture::call(instance, "add", {Value::i32(3), Value::i32(4)}).slot.i32, 7u);
    EXPECT_FALSE(store.instantiate(module, {}).ok());
    store.release(instance);
    EXPECT_TRUE(store.state().instances.empty());
    EXPECT_TRUE(store.state().memories.empty());
    EXPECT_TRUE(store.state().guardedRanges.empty());
    EXPECT_TRUE(store.state().tables.empty());
    EXPECT_TRUE(store.state().globals.empty());
    EXPECT_TRUE(store.state().tags.empty());
  }
  EXPECT_EQ(store.state().heldTypes.size(), 1u);
}

// A handle of a function keeps its instance, which can be called until the handle is destroyed.
TEST_P(InstanceCollection, HandlesOfFunctionsKeepTheirInstances) {
  keepOthers();
  Instance& instance = instantiate(withObjects().build());
  Value function{abi::ValueKind::FuncRef, {}};
  function.slot.ref = instance.function("add")->reference();
  std::optional<Rooted> rooted = store_.root(function);
  Rooted copy = rooted->copy();
  store_.release(instance);
  rooted.reset();
  store_.collectGarbage();
  EXPECT_EQ(instances(), others_ + 1);
  EXPECT_TRUE(store_.isReleased(&instance));
  Func add = store_.function(reinterpret_cast<abi::FuncRef*>(copy.word()));
  EXPECT_EQ(add.call({Value::i32(3), Value::i32(4)}).value()[0].slot.i32, 7u);
  { Rooted last = std::move(copy); }
  store_.collectGarbage();
  EXPECT_EQ(instances(), others_);
  EXPECT_FALSE(store_.isReleased(&instance));
}

// The module may be freed as well, and its types' ids must not be used by others as long as the
// heap may have objects.
TEST_P(InstanceCollection, ObjectsOutliveTheInstance) {
  uint32_t typeId = 0;
  std::weak_ptr<const Module> freed;
  std::optional<Rooted> rooted;
  {
    auto module = withObjects().build();
    freed = module;
    Instance& instance = instantiate(std::move(module));
    typeId = instance.module().typeId(kPairType);
    rooted = store_.root(pair(store_, instance, nullptr, abi::i31Word(5)));
    store_.release(instance);
  }
  EXPECT_TRUE(freed.expired());
  store_.collectGarbage();
  auto& object = *reinterpret_cast<abi::ObjectHeader*>(rooted->word());
  EXPECT_EQ(abi::typeIdOf(object.type), typeId);
  EXPECT_EQ(canonicalType(typeId).fields.size(), 2u);
}

// The two instances refer to each other through a cycle of objects and functions.
TEST_P(InstanceCollection, ACycleAcrossInstancesDiesWithTheLastOne) {
  auto module = withObjects().build();
  keepOthers();
  Instance& first = instantiate(module);
  Instance& second = instantiate(module);
  Global& any = *first.global("any");
  ASSERT_TRUE(any.set(counted(store_, finalized_)).ok());
  ASSERT_TRUE(
      any.set(pair(store_, first, second.function("add")->reference(), any.cell()->i64)).ok());
  ASSERT_TRUE(
      any.set(pair(store_, first, first.function("add")->reference(), any.cell()->i64)).ok());
  ASSERT_TRUE(second.global("any")->set(any.get()).ok());

  store_.release(first);
  store_.collectGarbage();
  EXPECT_EQ(instances(), others_ + 2);  // the second one has the objects
  EXPECT_EQ(finalized_, 0);

  store_.release(second);
  store_.collectGarbage();
  EXPECT_EQ(instances(), others_);
  EXPECT_EQ(finalized_, 1);
}

// As before, but the instance that remains drops the objects.
TEST_P(InstanceCollection, ACycleDiesWhenTheOtherInstanceDropsIt) {
  auto module = withObjects().build();
  keepOthers();
  Instance& first = instantiate(module);
  Instance& second = instantiate(module);
  Global& any = *first.global("any");
  ASSERT_TRUE(any.set(counted(store_, finalized_)).ok());
  Value inner = pair(store_, first, first.function("add")->reference(), any.cell()->i64);
  ASSERT_TRUE(any.set(inner).ok());
  Value outer = pair(store_, first, second.function("add")->reference(), any.cell()->i64);
  ASSERT_TRUE(any.set(outer).ok());
  // The inner one refers to the outer one.
  auto& object = *static_cast<abi::ObjectHeader*>(inner.slot.ref);
  *static_cast<void**>(fieldAddress(object, 1)) = outer.slot.ref;
  markCards(store_.state(), fieldAddress(object, 1), sizeof(void*));
  ASSERT_TRUE(second.global("any")->set(inner).ok());
  store_.release(first);
  store_.collectGarbage();
  EXPECT_EQ(instances(), others_ + 2);
  Value null;
  null.kind = abi::ValueKind::AnyRef;
  ASSERT_TRUE(second.global("any")->set(null).ok());
  store_.collectGarbage();
  EXPECT_EQ(instances(), others_ + 1);
  EXPECT_EQ(finalized_, 1);
  EXPECT_EQ(fixture::call(second, "add", {Value::i32(1), Value::i32(2)}).slot.i32, 3u);
}

// Each kind of import keeps the instance that defines it.
TEST_P(InstanceCollection, ImportsKeepAnInstance) {
  using Add = void (*)(ModuleBuilder&);
  struct Kind {
    const char* name;
    Add add;
  };
  constexpr Kind kKinds[] = {
      {"add",
       [](ModuleBuilder& b) { b.importFunction("m", "", b.type<uint32_t, uint32_t, uint32_t>()); }},
      {"memory", [](ModuleBuilder& b) { b.importMemory("m", "", fixture::memoryType(1)); }},
      {"table", [](ModuleBuilder& b) { b.importTable("m", "", fixture::tableType(2)); }},
      {"any", [](ModuleBuilder& b) { b.importGlobal("m", "", kAnyGlobal); }},
      {"tag", [](ModuleBuilder& b) { b.importTag("m", "", b.type<void, uint32_t>()); }},
  };
  auto module = withObjects().build();
  keepOthers();
  for (const Kind& kind : kKinds) {
    SCOPED_TRACE(kind.name);
    Instance& exporter = instantiate(module);
    ModuleBuilder importing;
    kind.add(importing);
    Instance& importer = instantiate(importing.build(), {*exporter.exportNamed(kind.name)});
    store_.release(exporter);
    store_.collectGarbage();
    EXPECT_EQ(instances(), others_ + 2);
    store_.release(importer);
    store_.collectGarbage();
    EXPECT_EQ(instances(), others_);
  }
}

TEST_P(InstanceCollection, TheHostsTablesAndHandlesKeepAnInstance) {
  auto module = withObjects().build();
  keepOthers();
  Value null;
  null.kind = abi::ValueKind::FuncRef;
  Table& table = *store_.createTable(fixture::tableType(3), null).value();
  for (int i = 0; i < 3; ++i) {
    Instance& instance = instantiate(module);
    std::optional<Rooted> rooted;
    abi::FuncRef* function = instance.function("add")->reference();
    if (i == 0) table.setReference(2, function);
    if (i == 1) rooted = store_.root(pair(store_, instance, function, 0));
    if (i == 2) {
      Value exception;
      exception.kind = abi::ValueKind::ExnRef;
      exception.slot.ref =
          newException(store_.state(), *instance.tag("tag"), std::array{Value::i32(1)});
      rooted = store_.root(exception);
    }
    store_.release(instance);
    store_.collectGarbage();
    EXPECT_EQ(instances(), others_ + 1);
    if (i == 0) {
      auto* kept = static_cast<abi::FuncRef*>(table.reference(2));
      auto sum = store_.function(kept).call({Value::i32(20), Value::i32(22)});
      EXPECT_EQ(sum->front().slot.i32, 42u);
    }
    table.setReference(2, nullptr);
    rooted.reset();
    store_.collectGarbage();
    EXPECT_EQ(instances(), others_);
  }
}

// A function of the destroyed instance's type can still be called.
TEST_P(InstanceCollection, EntryThunksAreThoseOfLivingModules) {
  Instance& first = instantiate(withObjects().build());
  Instance& second = instantiate(withObjects().build());
  store_.release(second);
  EXPECT_EQ(instances(), 1u);
  EXPECT_EQ(fixture::call(first, "add", {Value::i32(3), Value::i32(4)}).slot.i32, 7u);
}

// What is released while a guest runs is destroyed later.
TEST_P(InstanceCollection, WaitsForTheGuest) {
  struct Host {
    Store* store;
    Instance* other;
  };
  auto release = [](Caller* caller) {
    auto& host = *static_cast<Host*>(caller->env);
    host.store->release(*host.other);
    host.store->collectGarbage();
  };
  ModuleBuilder builder;
  uint32_t type = builder.type<void>();
  uint32_t imported = builder.importFunction("env", "release", type);
  builder.exportAs("release", ExternKind::Function, imported);
  Host host = {&store_, nullptr};
  void (*code)(Caller*) = release;
  Instance& instance = instantiate(builder.build(), {hostFunction(code, &host)});
  host.other = &instantiate(withObjects().build());
  ASSERT_TRUE(instance.function("release")->call({}).ok());
  EXPECT_EQ(instances(), 2u);
  store_.collectGarbage();
  EXPECT_EQ(instances(), 1u);
}

// Neither does a failure before the instance is visible leave anything, nor one that nobody saw.
TEST_P(InstanceCollection, FailedInstantiationLeavesNothing) {
  keepOthers();
  auto fails = [this](ModuleBuilder builder) {
    EXPECT_FALSE(store_.instantiate(builder.build(), {}).ok());
    store_.collectGarbage();
    EXPECT_EQ(instances(), others_);
    EXPECT_TRUE(store_.state().memories.empty());
    EXPECT_TRUE(store_.state().globals.empty());
  };
  ModuleBuilder hugeTable = withObjects();
  hugeTable.table(fixture::tableType(uint64_t{1} << 31));
  fails(std::move(hugeTable));
  ModuleBuilder outOfBounds = withObjects();
  outOfBounds.data(SegmentMode::Active, {1}, constI32(-1));
  fails(std::move(outOfBounds));
}

}  // namespace
}  // namespace runtime
