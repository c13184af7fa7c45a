#include "runtime/instance/host_func.h"

#include <gtest/gtest.h>

#include "runtime/fixture/running.h"

namespace runtime {
namespace {

using abi::ExternKind;
using fixture::ModuleBuilder;

// Returns a module that imports env.host, exports it, and exports a function that calls it.
std::shared_ptr<const Module> importingModule(bool withMemory) {
  ModuleBuilder builder;
  uint32_t type = builder.type<uint32_t, uint32_t>();
  uint32_t import = builder.importFunction("env", "host", type);
  uint32_t call = builder.function(type, fixture::guestCallImport, "call");
  builder.exportAs("call", ExternKind::Function, call);
  builder.exportAs("host", ExternKind::Function, import);
  if (withMemory) {
    builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1)));
  }
  return builder.build();
}

TEST(HostFunc, TypesFollowFromTheSignature) {
  auto code = +[](Caller*, int32_t, uint64_t, float, double, abi::FuncRef*, ExternRef) -> int64_t {
    return 0;
  };
  EXPECT_EQ(text(hostFunction(code).type), "[i32 i64 f32 f64 funcref externref] -> [i64]");
  EXPECT_EQ(text(hostFunction(+[](Caller*) {}).type), "[] -> []");
}

TEST(HostFunc, VectorsOfEveryLaneAreV128) {
  using Floats = float __attribute__((vector_size(16)));
  using Words = long long __attribute__((vector_size(16), may_alias));
  auto code = +[](Caller*, V128, Floats) -> Words { return Words{}; };
  EXPECT_EQ(text(hostFunction(code).type), "[v128 v128] -> [v128]");
}

TEST(HostFunc, VectorsTravelInBothDirections) {
  auto code = +[](Caller*, V128 lanes) -> V128 {
    for (int i = 0; i < 16; ++i) lanes[i] = static_cast<uint8_t>(2 * lanes[i] + i);
    return lanes;
  };
  ModuleBuilder builder;
  uint32_t type = builder.type<V128, V128>();
  builder.importFunction("env", "host", type);
  builder.exportAs("call", ExternKind::Function,
                   builder.function(type, fixture::guestCallVectorImport, "call"));
  Store store;
  Instance& instance = fixture::instantiate(store, builder.build(), {hostFunction(code)});
  Value result = fixture::call(instance, "call", {Value::v128(V128{} + 3)});
  for (uint8_t i = 0; i < 16; ++i) EXPECT_EQ(result.slot.v128[i], 6 + i);
}

TEST(HostFunc, SeesItsWordAndTheCallersMemory) {
  struct Word {
    uint32_t seen = 0;
    uint64_t memorySize = 0;
  } word;
  auto code = +[](Caller* caller, uint32_t value) -> uint32_t {
    auto& env = *static_cast<Word*>(caller->env);
    env.seen = value;
    MemoryView memory = callerMemory(*caller);
    env.memorySize = memory.size;
    if (memory.size != 0) memory.base[1] = 77;
    return value + 1;
  };
  Store store;
  auto module = importingModule(true);
  Instance& instance = fixture::instantiate(store, module, {hostFunction(code, &word)});
  EXPECT_EQ(fixture::call(instance, "call", {Value::i32(5)}).slot.i32, 6u);
  EXPECT_EQ(word.seen, 5u);
  EXPECT_EQ(word.memorySize, abi::kPageSize);
  EXPECT_EQ(instance.memory("memory")->bytes()[1], 77);
  // The host can call its own function through the export.
  EXPECT_EQ(fixture::call(instance, "host", {Value::i32(8)}).slot.i32, 9u);
}

TEST(HostFunc, CallerWithoutMemory) {
  auto code = +[](Caller* caller, uint32_t) -> uint32_t {
    MemoryView memory = callerMemory(*caller);
    return memory.base == nullptr && memory.size == 0;
  };
  Store store;
  Instance& instance = fixture::instantiate(store, importingModule(false), {hostFunction(code)});
  EXPECT_EQ(fixture::call(instance, "call", {Value::i32(0)}).slot.i32, 1u);
}

TEST(HostFunc, ExitAndTrapStopTheGuest) {
  auto code = +[](Caller* caller, uint32_t value) -> uint32_t {
    if (value == 0) requestTrap(*caller, std::string("host says no"));
    if (value < 100) requestExit(*caller, static_cast<int32_t>(value));
    if (value == 100) requestTrap(*caller, std::string("host says no"));
    return value;
  };
  Store store;
  Instance& instance = fixture::instantiate(store, importingModule(true), {hostFunction(code)});
  Trap exit = fixture::callTrapping(instance, "call", {Value::i32(42)});
  EXPECT_EQ(exit.exitStatus, 42);
  EXPECT_EQ(exit.code, abi::TrapCode::Host);
  Trap trap = fixture::callTrapping(instance, "call", {Value::i32(100)});
  EXPECT_EQ(trap.exitStatus, std::nullopt);
  EXPECT_EQ(trap.message, "host says no");
  ASSERT_EQ(trap.backtrace.size(), 1u);
  EXPECT_EQ(trap.backtrace[0].function, "call");
  // A trap does not affect later calls.
  EXPECT_EQ(fixture::call(instance, "call", {Value::i32(101)}).slot.i32, 101u);
}

}  // namespace
}  // namespace runtime
