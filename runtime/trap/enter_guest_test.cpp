#include "runtime/trap/enter_guest.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "runtime/fixture/running.h"
#include "runtime/trap/activation.h"

namespace runtime {
namespace {

using abi::ExternKind;
using abi::TrapCode;
using fixture::ModuleBuilder;

// Returns a module with guest functions of type [i32] -> [i32], of which callHost calls the
// imported host function env.host.
std::shared_ptr<const Module> testModule() {
  ModuleBuilder builder("app");
  uint32_t unary = builder.type<uint32_t, uint32_t>();
  builder.importFunction("env", "host", unary);
  auto add = [&](const char* name, auto* code) {
    builder.exportAs(name, ExternKind::Function, builder.function(unary, code, name));
  };
  add("callHost", fixture::guestCallImport);
  add("callTrap", fixture::guestCallTrap);
  add("recurse", fixture::guestRecurse);
  add("recurseGrow", fixture::guestRecurseGrow);
  builder.memory(fixture::memoryType(1));
  return builder.build();
}

// The environment of a host function that calls guests, and what it has observed.
struct Nesting {
  Instance* instance = nullptr;
  uint32_t trapsSeen = 0;
  Trap last;
};

HostFunction hostWith(uint32_t (*code)(Caller*, uint32_t), Nesting& nesting) {
  return hostFunction(code, &nesting);
}

// A host function that calls callHost with a lower argument, or for 0 a function that traps.
uint32_t nestAndTrap(Caller* caller, uint32_t argument) {
  auto& nesting = *static_cast<Nesting*>(caller->env);
  const char* next = argument == 0 ? "callTrap" : "callHost";
  uint32_t passed = argument == 0 ? 1 : argument - 1;
  auto result = nesting.instance->function(next)->call({Value::i32(passed)});
  if (!result) {
    ++nesting.trapsSeen;
    nesting.last = result.error().trap();
    return 1000;
  }
  return result->front().slot.i32 + 1;
}

TEST(EnterGuest, TrapEndsTheInnermostCallOnly) {
  Store store;
  Nesting nesting;
  Instance& instance = fixture::instantiate(store, testModule(), {hostWith(nestAndTrap, nesting)});
  nesting.instance = &instance;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(fixture::call(instance, "callHost", {Value::i32(3)}).slot.i32, 1003u);
  }
  EXPECT_EQ(nesting.trapsSeen, 1000u);
  EXPECT_EQ(nesting.last.message, "unreachable");
  ASSERT_FALSE(nesting.last.backtrace.empty());
  EXPECT_EQ(nesting.last.backtrace.back().function, "callTrap");
  EXPECT_EQ(currentActivation, nullptr);
}

// A host function that passes on the trap of the guest that it calls. The innermost one exits.
uint32_t nestAndPropagate(Caller* caller, uint32_t argument) {
  auto& nesting = *static_cast<Nesting*>(caller->env);
  if (argument == 0) {
    requestExit(*caller, 5);
    return 0;
  }
  auto result = nesting.instance->function("callHost")->call({Value::i32(argument - 1)});
  if (!result) requestTrap(*caller, std::move(result).error().trap());
  return 0;
}

TEST(EnterGuest, HostFunctionsCanPassTrapsOn) {
  Store store;
  Nesting nesting;
  Instance& instance =
      fixture::instantiate(store, testModule(), {hostWith(nestAndPropagate, nesting)});
  nesting.instance = &instance;
  Trap trap = fixture::callTrapping(instance, "callHost", {Value::i32(3)});
  EXPECT_EQ(trap.exitStatus, 5);
  // Four nested calls into the guest contribute a frame each.
  EXPECT_EQ(trap.backtrace.size(), 4u);
}

// A host function that calls a guest after it has requested a trap.
uint32_t trapThenCall(Caller* caller, uint32_t argument) {
  auto& nesting = *static_cast<Nesting*>(caller->env);
  if (argument == 1) return 11;
  requestTrap(*caller, std::string("asked before"));
  auto result = nesting.instance->function("callHost")->call({Value::i32(1)});
  nesting.trapsSeen += result.ok() ? 0 : 1;
  return 0;
}

TEST(EnterGuest, RequestedTrapIsOfItsOwnCall) {
  Store store;
  Nesting nesting;
  Instance& instance = fixture::instantiate(store, testModule(), {hostWith(trapThenCall, nesting)});
  nesting.instance = &instance;
  EXPECT_EQ(fixture::callTrapping(instance, "callHost", {Value::i32(0)}).message, "asked before");
  EXPECT_EQ(nesting.trapsSeen, 0u);
}

HostFunction unusedHost() {
  return hostFunction(+[](Caller*, uint32_t a) { return a; });
}

TEST(EnterGuest, ExhaustedStackTraps) {
  Store store;
  Instance& instance = fixture::instantiate(store, testModule(), {unusedHost()});
  EXPECT_EQ(fixture::call(instance, "recurse", {Value::i32(1000)}).slot.i32, 1000u);
  for (int i = 0; i < 100; ++i) {
    Trap trap = fixture::callTrapping(instance, "recurse", {Value::i32(0xffffffff)});
    ASSERT_EQ(trap.message, "call stack exhausted");
    ASSERT_EQ(trap.backtrace.size(), kMaxFrames);
    ASSERT_EQ(trap.backtrace.back().function, "recurse");
  }
  EXPECT_EQ(fixture::call(instance, "recurse", {Value::i32(1000)}).slot.i32, 1000u);
}

TEST(EnterGuest, ExhaustedStackTrapsInBuiltinsToo) {
  Store store;
  Instance& instance = fixture::instantiate(store, testModule(), {unusedHost()});
  for (int i = 0; i < 10; ++i) {
    Trap trap = fixture::callTrapping(instance, "recurseGrow", {Value::i32(0)});
    ASSERT_EQ(trap.message, "call stack exhausted");
    ASSERT_EQ(trap.backtrace.front().function, "recurseGrow");
  }
}

uint32_t endlessNesting(Caller* caller, uint32_t argument) {
  auto& nesting = *static_cast<Nesting*>(caller->env);
  auto result = nesting.instance->function("callHost")->call({Value::i32(argument + 1)});
  if (!result) {
    ++nesting.trapsSeen;
    requestTrap(*caller, std::move(result).error().trap());
    return 0;
  }
  return result->front().slot.i32;
}

TEST(EnterGuest, EndlessNestingThroughTheHostTraps) {
  Store store;
  Nesting nesting;
  Instance& instance =
      fixture::instantiate(store, testModule(), {hostWith(endlessNesting, nesting)});
  nesting.instance = &instance;
  Trap trap = fixture::callTrapping(instance, "callHost", {Value::i32(0)});
  EXPECT_EQ(trap.message, "call stack exhausted");
  EXPECT_GT(nesting.trapsSeen, 2u);
  EXPECT_EQ(fixture::call(instance, "recurse", {Value::i32(10)}).slot.i32, 10u);
}

// Returns the greatest depth of recursion in a stack of this size, found by binary search.
uint32_t deepestRecursion(uint64_t stackSize) {
  Store store({.stackSize = stackSize});
  Instance& instance = fixture::instantiate(store, testModule(), {unusedHost()});
  uint32_t fits = 0;
  for (uint32_t step = 1u << 24; step != 0; step /= 2) {
    auto result = instance.function("recurse")->call({Value::i32(fits + step)});
    if (result) fits += step;
  }
  return fits;
}

TEST(EnterGuest, StackSizeIsTheStores) {
  uint32_t small = deepestRecursion(1 << 20);
  uint32_t large = deepestRecursion(4 << 20);
  EXPECT_GT(small, 1000u);
  EXPECT_GT(large, 3 * small);
  EXPECT_LT(large, 5 * small);
}

TEST(EnterGuest, ThreadsTrapEachInTheirOwnStore) {
  auto module = testModule();
  std::atomic<int> traps = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Store store;
      Nesting nesting;
      Instance& instance = fixture::instantiate(store, module, {hostWith(nestAndTrap, nesting)});
      nesting.instance = &instance;
      for (int i = 0; i < 100; ++i) {
        traps += fixture::callTrapping(instance, "callTrap", {Value::i32(8)}).message ==
                 "integer overflow";
        fixture::call(instance, "callHost", {Value::i32(1)});
        if (i % 20 != 0) continue;
        Trap exhausted = fixture::callTrapping(instance, "recurse", {Value::i32(0xffffffff)});
        traps += exhausted.code == TrapCode::CallStackExhausted;
      }
      traps += static_cast<int>(nesting.trapsSeen);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(traps, 4 * (100 + 5 + 100));
}

TEST(EnterGuest, StoreMovesBetweenThreads) {
  Store store;
  Instance& instance = fixture::instantiate(store, testModule(), {unusedHost()});
  for (int i = 0; i < 5; ++i) {
    std::thread thread([&] {
      Trap trap = fixture::callTrapping(instance, "callTrap", {Value::i32(1)});
      EXPECT_EQ(trap.message, "unreachable");
    });
    thread.join();
  }
  EXPECT_EQ(fixture::callTrapping(instance, "callTrap", {Value::i32(1)}).message, "unreachable");
}

}  // namespace
}  // namespace runtime
