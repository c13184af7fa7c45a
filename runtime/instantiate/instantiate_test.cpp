#include "runtime/instantiate/instantiate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "runtime/arch/segment_base.h"
#include "runtime/fixture/running.h"
#include "runtime/instance/store_state.h"

namespace runtime {
namespace {

using abi::ExternKind;
using abi::SegmentMode;
using fixture::constI32;
using fixture::ModuleBuilder;

constexpr uint64_t kPage = abi::kPageSize;

const abi::ExecState* execState(const Store& store) { return &store.state(); }

TEST(Instantiate, ExportsEveryKind) {
  ModuleBuilder builder;
  uint32_t type = builder.type<uint32_t, uint32_t, uint32_t>();
  builder.exportAs("f", ExternKind::Function, builder.function(type, fixture::guestAdd));
  builder.exportAs("t", ExternKind::Table, builder.table(fixture::tableType(3)));
  builder.exportAs("m", ExternKind::Memory, builder.memory(fixture::memoryType(2)));
  builder.exportAs("g", ExternKind::Global,
                   builder.global(fixture::globalType(abi::kI32, false), constI32(9)));
  Store store;
  Instance& instance = fixture::instantiate(store, builder.build());
  EXPECT_EQ(fixture::call(instance, "f", {Value::i32(3), Value::i32(4)}).slot.i32, 7u);
  EXPECT_EQ(instance.table("t")->size(), 3u);
  EXPECT_EQ(instance.memory("m")->pages(), 2u);
  EXPECT_EQ(instance.global("g")->get().slot.i32, 9u);
  EXPECT_FALSE(instance.global("g")->set(Value::i32(1)).ok());
  EXPECT_EQ(describe(*instance.exportNamed("t")), "table (min 3) of funcref");

  EXPECT_EQ(instance.table("m"), nullptr);
  EXPECT_EQ(instance.memory("none"), nullptr);
  EXPECT_FALSE(instance.function("t").has_value());
  EXPECT_FALSE(instance.exportNamed("none").has_value());
}

// Compiled code may access vectors by instructions that require alignment.
TEST(Instantiate, GlobalsOfVectorsAreAligned) {
  ModuleBuilder builder;
  abi::GlobalType type = fixture::globalType(abi::kV128, true);
  uint32_t imported = builder.importGlobal("env", "v", type);
  builder.table(fixture::tableType(1));  // a word before the globals
  builder.global(fixture::globalType(abi::kI32, true), constI32(1));
  uint32_t own = builder.global(type, fixture::constV128(V128{1, 2, 3}));
  uint32_t copy = builder.global(type, fixture::globalGet(imported));
  for (uint32_t i : {imported, own, copy}) {
    builder.exportAs(std::to_string(i), ExternKind::Global, i);
  }
  Store store;
  Global* host = store.createGlobal(type, Value::v128(V128{} + 7)).value();
  Instance& instance = fixture::instantiate(store, builder.build(), {host});
  for (uint32_t i : {imported, own, copy}) {
    Global& global = *instance.global(std::to_string(i));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(global.cell()) % 16, 0u);
  }
  EXPECT_EQ(instance.global(std::to_string(own))->get().slot.v128[2], 3);
  EXPECT_EQ(instance.global(std::to_string(copy))->get().slot.v128[15], 7);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(execState(store)->results) % 16, 0u);
}

TEST(Instantiate, GlobalsAreInitializedFromImportsAndEachOther) {
  ModuleBuilder builder;
  uint32_t type = builder.type<uint32_t, uint32_t, uint32_t>();
  uint32_t base = builder.importGlobal("env", "base", fixture::globalType(abi::kI32, false));
  uint32_t counter = builder.importGlobal("env", "n", fixture::globalType(abi::kI64, true));
  uint32_t function = builder.function(type, fixture::guestAdd);
  fixture::Steps sum = fixture::globalGet(base);
  sum.push_back(constI32(5).front());
  sum.push_back({abi::ConstOp::I32Add, 0, {}});
  uint32_t own = builder.global(fixture::globalType(abi::kI32, true), sum);
  uint32_t copy = builder.global(fixture::globalType(abi::kI32, false), fixture::globalGet(own));
  uint32_t reference =
      builder.global(fixture::globalType(abi::kFuncRef, false), fixture::refFunc(function));
  builder.exportAs("n", ExternKind::Global, counter);
  builder.exportAs("own", ExternKind::Global, own);
  builder.exportAs("copy", ExternKind::Global, copy);
  builder.exportAs("ref", ExternKind::Global, reference);
  builder.exportAs("f", ExternKind::Function, function);

  Store store;
  Global* imported =
      store.createGlobal(fixture::globalType(abi::kI32, false), Value::i32(37)).value();
  Global* shared = store.createGlobal(fixture::globalType(abi::kI64, true), Value::i64(1)).value();
  Instance& instance = fixture::instantiate(store, builder.build(), {imported, shared});
  EXPECT_EQ(instance.global("copy")->get().slot.i32, 42u);
  EXPECT_EQ(instance.global("n"), shared);
  ASSERT_TRUE(instance.global("own")->set(Value::i32(1)).ok());
  EXPECT_EQ(instance.global("own")->get().slot.i32, 1u);
  EXPECT_EQ(instance.global("own")->set(Value::i64(1)).error().text(), "i64 for a global of i32");
  // ref.func and the export yield the same reference.
  EXPECT_EQ(instance.global("ref")->get().slot.ref, instance.function("f")->reference());
}

// The first instance copies the image, the others map the same file.
TEST(Instantiate, EveryInstanceHasItsOwnImage) {
  ModuleBuilder builder;
  builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(3)));
  builder.image(kPage, base::Bytes(kPage, 7));
  auto module = builder.build();
  Store store;
  for (int i = 0; i < 3; ++i) {
    auto bytes = fixture::instantiate(store, module).memory("memory")->bytes();
    EXPECT_EQ(bytes[kPage - 1], 0);
    EXPECT_EQ(bytes[kPage], 7);
    EXPECT_EQ(bytes[2 * kPage - 1], 7);
    EXPECT_EQ(bytes[2 * kPage], 0);
    std::fill(bytes.begin(), bytes.end(), uint8_t{9});
  }
}

TEST(Instantiate, ActiveSegmentsAreWritten) {
  ModuleBuilder builder;
  uint32_t type = builder.type<uint32_t, uint32_t>();
  uint32_t trap = builder.function(type, fixture::guestCallTrap);
  builder.exportAs("f", ExternKind::Function, trap);
  uint32_t table = builder.table(fixture::tableType(4));
  uint32_t filled = builder.table(fixture::tableType(2), fixture::refFunc(trap));
  builder.exportAs("t", ExternKind::Table, table);
  builder.exportAs("filled", ExternKind::Table, filled);
  builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(2)));
  builder.image(kPage, base::Bytes(kPage, 1));
  builder.elements(SegmentMode::Active, {trap}, constI32(1));
  builder.elementExpressions(SegmentMode::Active, abi::kFuncRef,
                             {fixture::refFunc(trap), fixture::refNull()}, constI32(2));
  builder.data(SegmentMode::Active, {7, 8, 9}, constI32(kPage - 1));
  Store store;
  Instance& instance = fixture::instantiate(store, builder.build());
  abi::FuncRef* reference = instance.function("f")->reference();
  const Table& elements = *instance.table("t");
  EXPECT_EQ(elements.reference(0), nullptr);
  EXPECT_EQ(elements.reference(1), reference);
  EXPECT_EQ(elements.reference(2), reference);
  EXPECT_EQ(elements.reference(3), nullptr);
  EXPECT_EQ(instance.table("filled")->reference(1), reference);
  auto bytes = instance.memory("memory")->bytes();
  EXPECT_EQ(bytes[kPage - 1], 7);
  EXPECT_EQ(bytes[kPage], 8);
  EXPECT_EQ(bytes[kPage + 1], 9);
  EXPECT_EQ(bytes[kPage + 2], 1);
  EXPECT_EQ(bytes[2 * kPage - 1], 1);
}

Trap instantiationTrap(Store& store, const ModuleBuilder& builder,
                       std::initializer_list<Extern> imports) {
  auto result = store.instantiate(builder.build(), {imports.begin(), imports.size()});
  CHECK(!result.ok());
  return result.error().trap();
}

TEST(Instantiate, SegmentsOutOfBoundsTrapAfterTheOnesBefore) {
  Store store;
  Memory* memory = store.createMemory(fixture::memoryType(1)).value();
  Table* table = store.createTable(fixture::tableType(2), Value::funcRef(nullptr)).value();

  ModuleBuilder data;
  data.importMemory("env", "m", fixture::memoryType(1));
  data.data(SegmentMode::Active, {1}, constI32(kPage - 1));
  data.data(SegmentMode::Active, {2, 3}, constI32(kPage - 1));
  Trap trap = instantiationTrap(store, data, {memory});
  EXPECT_EQ(trap.message, "out of bounds memory access");
  EXPECT_EQ(memory->bytes().back(), 1);

  ModuleBuilder elements;
  uint32_t type = elements.type<uint32_t, uint32_t>();
  elements.importTable("env", "t", fixture::tableType(1));
  uint32_t function = elements.function(type, fixture::guestCallTrap);
  elements.elements(SegmentMode::Active, {function}, constI32(0));
  elements.elements(SegmentMode::Active, {function, function}, constI32(0xffffffff));
  trap = instantiationTrap(store, elements, {table});
  EXPECT_EQ(trap.message, "out of bounds table access");
  // The function is in the table, and can be called although the instantiation failed.
  auto* reference = static_cast<abi::FuncRef*>(table->reference(0));
  ASSERT_NE(reference, nullptr);
  auto result = store.function(reference).call({Value::i32(1)});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().trap().message, "unreachable");
}

TEST(Instantiate, StartFunctionRuns) {
  ModuleBuilder builder;
  uint32_t type = builder.type<void>();
  builder.start(builder.function(type, fixture::guestCountStart));
  builder.exportAs("n", ExternKind::Global,
                   builder.global(fixture::globalType(abi::kI32, true), constI32(41)));
  Store store;
  EXPECT_EQ(fixture::instantiate(store, builder.build()).global("n")->get().slot.i32, 42u);
}

TEST(Instantiate, StartFunctionHasATimeLimit) {
  ModuleBuilder builder;
  builder.start(builder.importFunction("env", "start", builder.type<void>()));
  HostFunction host = hostFunction(+[](Caller* caller) {
    while (!isInterrupted(*caller)) ::usleep(100);
  });
  Extern imports[] = {host};
  Store store({.limits = {.callNanoseconds = 5'000'000}});
  auto module = builder.build();
  for (int i = 0; i < 2; ++i) {
    auto outcome = store.instantiate(module, imports);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().trap().code, abi::TrapCode::Interrupted);
  }
}

// Compiled code may have left what its instances share in any state.
TEST(Instantiate, FailsInAStoreThatHasBeenInterrupted) {
  ModuleBuilder builder;
  builder.memory(fixture::memoryType(1));
  auto module = builder.build();
  Store store;
  ASSERT_TRUE(store.instantiate(module, {}).ok());
  store.interrupt();
  auto outcome = store.instantiate(module, {});
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().trap().code, abi::TrapCode::Interrupted);
}

// The host knows the instance while its start function runs, also if that fails.
TEST(Instantiate, IsPublishedBeforeItsStartFunctionRuns) {
  ModuleBuilder builder;
  uint32_t import = builder.importFunction("env", "start", builder.type<void>());
  builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1)));
  builder.start(import);
  static Instance* known;
  known = nullptr;
  HostFunction host = hostFunction(+[](Caller* caller) {
    EXPECT_EQ(known->mainMemory()->pages(), 1u);
    requestTrap(*caller, std::string("not today"));
  });
  Store store;
  Extern imports[] = {host};
  auto outcome =
      store.instantiate(builder.build(), imports, [](Instance& published) { known = &published; });
  EXPECT_FALSE(outcome.ok());
  EXPECT_TRUE(store.isReleased(known));
}

TEST(Instantiate, StartFunctionMayTrap) {
  ModuleBuilder builder;
  uint32_t type = builder.type<void>();
  uint32_t import = builder.importFunction("env", "start", type);
  builder.start(import);
  HostFunction host =
      hostFunction(+[](Caller* caller) { requestTrap(*caller, std::string("not today")); });
  Store store;
  Trap trap = instantiationTrap(store, builder, {host});
  EXPECT_EQ(trap.code, abi::TrapCode::Host);
  EXPECT_EQ(trap.message, "not today");
}

TEST(Instantiate, ContextIsLaidOutForCompiledCode) {
  ModuleBuilder builder;
  uint32_t unary = builder.type<uint32_t, uint32_t>();
  uint32_t binary = builder.type<uint32_t, uint32_t, uint32_t>();
  uint32_t import = builder.importFunction("env", "f", unary);
  uint32_t add = builder.function(binary, fixture::guestAdd);
  builder.memory(fixture::memoryType(1));
  builder.exportAs("import", ExternKind::Function, import);
  builder.exportAs("add", ExternKind::Function, add);
  auto module = builder.build();
  Store store;
  HostFunction host = hostFunction(+[](Caller*, uint32_t a) { return a; });
  Instance& instance = fixture::instantiate(store, module, {host});

  abi::FuncRef& own = *instance.function("add")->reference();
  auto* context = static_cast<abi::VMContext*>(own.context);
  ContextView view(context, module->descriptor().counts);
  EXPECT_EQ(view.header().state, execState(store));
  EXPECT_EQ(view.header().instance, &instance);
  EXPECT_EQ(view.typeIds()[unary], module->typeId(unary));
  EXPECT_EQ(view.typeIds()[binary], module->typeId(binary));
  EXPECT_EQ(view.memories()[0].base, view.memories()[0].def->base);
  EXPECT_EQ(own.fastEntry, reinterpret_cast<void*>(&fixture::guestAdd));
  EXPECT_EQ(own.typeId, module->typeId(binary));

  const abi::ImportedFunction& imported = view.importedFunctions()[0];
  abi::FuncRef& exported = *instance.function("import")->reference();
  EXPECT_EQ(imported.fastEntry, module->descriptor().types[unary].hostThunk.get());
  EXPECT_EQ(exported.fastEntry, imported.fastEntry);
  EXPECT_EQ(exported.context, imported.context);
  EXPECT_EQ(exported.typeId, module->typeId(unary));
  auto* binding = static_cast<abi::HostBinding*>(imported.context);
  EXPECT_EQ(binding->function, host.code);
  EXPECT_EQ(binding->caller, context);
  EXPECT_EQ(binding->state, execState(store));
}

#if defined(__x86_64__)

TEST(Instantiate, GuestsRunWithTheirSegmentBaseAndHostsGetTheirsBack) {
  ModuleBuilder builder;
  uint32_t unary = builder.type<uint32_t, uint32_t>();
  builder.importFunction("env", "f", unary);
  uint32_t call = builder.function(unary, fixture::guestCallImport);
  builder.memory(fixture::memoryType(1));
  builder.needsSegmentBase();
  builder.exportAs("call", ExternKind::Function, call);
  Store store;
  void* seen = nullptr;
  HostFunction host = hostFunction(
      +[](Caller* caller, uint32_t a) {
        *static_cast<void**>(caller->env) = swapSegment(nullptr);
        return a;
      },
      &seen);
  Instance& instance = fixture::instantiate(store, builder.build(), {host});

  int ours = 0;
  void* before = swapSegment(&ours);
  fixture::call(instance, "call", {Value::i32(1)});
  EXPECT_EQ(seen, instance.memoryAt(0).base());
  EXPECT_EQ(swapSegment(nullptr), &ours);
  swapSegment(before);
}

#endif

TEST(Instantiate, OnlyFunctionsThatMakeTailCallsHaveATailEntry) {
  ModuleBuilder builder;
  uint32_t binary = builder.type<uint32_t, uint32_t, uint32_t>();
  uint32_t import = builder.importFunction("env", "f", binary);
  uint32_t plain = builder.function(binary, fixture::guestAdd);
  uint32_t tail = builder.function(binary, fixture::guestCallIndirect);
  builder.fastThunk(fixture::guestAdd);
  builder.exportAs("import", ExternKind::Function, import);
  builder.exportAs("plain", ExternKind::Function, plain);
  builder.exportAs("tail", ExternKind::Function, tail);
  auto module = builder.build();
  Store store;
  HostFunction host = hostFunction(+[](Caller*, uint32_t a, uint32_t) { return a; });
  Instance& first = fixture::instantiate(store, module, {host});
  EXPECT_EQ(first.function("import")->reference()->tailEntry, nullptr);
  EXPECT_EQ(first.function("plain")->reference()->tailEntry, nullptr);
  const abi::FuncRef& own = *first.function("tail")->reference();
  EXPECT_EQ(own.fastEntry, reinterpret_cast<void*>(&fixture::guestAdd));
  EXPECT_EQ(own.tailEntry, reinterpret_cast<void*>(&fixture::guestCallIndirect));

  Instance& second = fixture::instantiate(store, module, {*first.function("tail")});
  const abi::FuncRef& imported = *second.function("import")->reference();
  EXPECT_EQ(imported.fastEntry, own.fastEntry);
  EXPECT_EQ(imported.tailEntry, own.tailEntry);
  EXPECT_EQ(imported.context, own.context);
}

TEST(Instantiate, FailsWhereMemoryCannotBeHad) {
  ModuleBuilder builder;
  abi::MemoryType type = fixture::memoryType(uint64_t{1} << 40);
  type.flags |= abi::kIndex64;
  builder.memory(type);
  Store store;
  auto result = store.instantiate(builder.build(), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().text(),
            "cannot reserve a memory of 1099511627776 pages: no memory of its type is so large");
}

TEST(Instantiate, StopsAtTheLimitsOfTheStore) {
  ModuleBuilder builder;
  builder.memory(fixture::memoryType(1));
  auto module = builder.build();
  Store few({.limits = {.instances = 2}});
  EXPECT_TRUE(few.instantiate(module, {}).ok());
  EXPECT_TRUE(few.instantiate(module, {}).ok());
  EXPECT_EQ(few.instantiate(module, {}).error().text(),
            "1 instances on top of 2 exceed the limit of 2, which is set by "
            "StoreOptions::limits.instances");

  Store small({.limits = {.hostBytes = 3 * abi::kPageSize}});
  EXPECT_TRUE(small.instantiate(module, {}).ok());
  EXPECT_TRUE(small.instantiate(module, {}).ok());
  auto third = small.instantiate(module, {});
  ASSERT_FALSE(third.ok());
  EXPECT_NE(third.error().text().find("StoreOptions::limits.hostBytes"), std::string::npos);
}

TEST(Instantiate, InstancesOfAModuleAreSeparate) {
  ModuleBuilder builder;
  uint32_t type = builder.type<void, uint64_t, uint32_t>();
  builder.exportAs("store", ExternKind::Function, builder.function(type, fixture::guestStore));
  builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1)));
  auto module = builder.build();
  Store store;
  Instance& a = fixture::instantiate(store, module);
  Instance& b = fixture::instantiate(store, module);
  fixture::call(a, "store", {Value::i64(5), Value::i32(17)});
  EXPECT_EQ(a.memory("memory")->bytes()[5], 17);
  EXPECT_EQ(b.memory("memory")->bytes()[5], 0);
}

}  // namespace
}  // namespace runtime
