#include "runtime/trap/trap_handler.h"

#include <gtest/gtest.h>

#include <csignal>

#include "runtime/arch/trap_instruction.h"
#include "runtime/fixture/running.h"
#include "runtime/trap/signal_stack.h"

namespace runtime {
namespace {

using abi::ExternKind;
using fixture::ModuleBuilder;

constexpr uint64_t kPage = abi::kPageSize;

void writeNowhere() {
  volatile uintptr_t nowhere = 64;
  *reinterpret_cast<volatile uint32_t*>(nowhere) = 1;
}

class TrapHandlerTest : public ::testing::Test {
 protected:
  TrapHandlerTest() {
    ModuleBuilder builder("app");
    auto add = [&](const char* name, uint32_t type, auto* code) {
      builder.exportAs(name, ExternKind::Function, builder.function(type, code, name, 1));
    };
    uint32_t nullary = builder.type<void>();
    uint32_t unary = builder.type<uint32_t, uint32_t>();
    uint32_t host = builder.importFunction("env", "host", unary);
    builder.exportAs("host", ExternKind::Function, host);
    add("trapWith", builder.type<void, uint32_t>(), fixture::guestTrapWith);
    add("callTrap", unary, fixture::guestCallTrap);
    add("load", builder.type<uint32_t, uint64_t>(), fixture::guestLoad);
    add("store", builder.type<void, uint64_t, uint32_t>(), fixture::guestStore);
    add("wild", nullary, fixture::guestWildAccess);
    add("illegal", nullary, fixture::guestIllegal);
    builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1, 2)));
    HostFunction badHost = hostFunction(+[](Caller* caller, uint32_t) {
      return uint32_t{callerMemory(*caller).base[volatileOne * kPage]};
    });
    instance_ = &fixture::instantiate(store_, builder.build(), {badHost});
  }

  abi::TrapCode accessTrap(uint64_t address) {
    Trap load = fixture::callTrapping(*instance_, "load", {Value::i64(address)});
    Trap store = fixture::callTrapping(*instance_, "store", {Value::i64(address), Value::i32(1)});
    EXPECT_EQ(load.code, store.code);
    return load.code;
  }

  static inline volatile uint64_t volatileOne = 1;
  Store store_;
  Instance* instance_;
};

TEST_F(TrapHandlerTest, EveryTrapCodeHasItsText) {
  constexpr std::pair<uint32_t, const char*> kTraps[] = {
#define TRAP(id, code, text) {code, text},
#include "runtime/abi/traps.def"
#undef TRAP
  };
  for (auto [code, text] : kTraps) {
    Trap trap = fixture::callTrapping(*instance_, "trapWith", {Value::i32(code)});
    EXPECT_EQ(trap.code, static_cast<abi::TrapCode>(code));
    EXPECT_EQ(trap.message, text);
  }
}

TEST_F(TrapHandlerTest, TrapsHaveBacktraces) {
  Trap trap = fixture::callTrapping(*instance_, "callTrap", {Value::i32(1)});
  EXPECT_EQ(trap.text(), "unreachable\n  0: 0x1  app!$trapWith\n  1: 0x1  app!$callTrap");
}

TEST_F(TrapHandlerTest, ThousandsOfTrapsLeaveTheProcessWell) {
  for (int i = 0; i < 2000; ++i) {
    Trap trap = fixture::callTrapping(*instance_, "callTrap", {Value::i32(7)});
    ASSERT_EQ(trap.message, "integer divide by zero");
    ASSERT_EQ(accessTrap(kPage), abi::TrapCode::MemoryOutOfBounds);
  }
  EXPECT_EQ(fixture::call(*instance_, "callTrap", {Value::i32(0)}).slot.i32, 1u);
}

TEST_F(TrapHandlerTest, AccessesOutsideOfTheMemoryTrap) {
  EXPECT_EQ(fixture::call(*instance_, "load", {Value::i64(kPage - 1)}).slot.i32, 0u);
  fixture::call(*instance_, "store", {Value::i64(kPage - 1), Value::i32(3)});
  EXPECT_EQ(fixture::call(*instance_, "load", {Value::i64(kPage - 1)}).slot.i32, 3u);
  for (uint64_t address : {kPage, kPage + 1, uint64_t{0xffffffff}, uint64_t{0x1fffffffe},
                           ~uint64_t{0}, -abi::kGuardBefore}) {
    EXPECT_EQ(accessTrap(address), abi::TrapCode::MemoryOutOfBounds) << address;
  }
  ASSERT_TRUE(instance_->memory("memory")->grow(1).has_value());
  EXPECT_EQ(fixture::call(*instance_, "load", {Value::i64(kPage)}).slot.i32, 0u);
  EXPECT_EQ(accessTrap(2 * kPage), abi::TrapCode::MemoryOutOfBounds);
}

// The default action for a fault. A sanitizer reports the fault and exits instead.
auto killedBy(int signal) {
  return [signal](int status) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    if (WIFEXITED(status)) return WEXITSTATUS(status) != 0;
#endif
    return WIFSIGNALED(status) && WTERMSIG(status) == signal;
  };
}

using TrapHandlerDeathTest = TrapHandlerTest;

TEST_F(TrapHandlerDeathTest, OtherFaultsAreNotTraps) {
  EXPECT_EXIT(fixture::call(*instance_, "wild"), killedBy(SIGSEGV), "");
  EXPECT_EXIT(fixture::call(*instance_, "illegal"), killedBy(kTrapSignal), "");
  EXPECT_EXIT(writeNowhere(), killedBy(SIGSEGV), "");
  EXPECT_EXIT(std::raise(SIGSEGV), killedBy(SIGSEGV), "");
}

TEST_F(TrapHandlerDeathTest, HostCodesFaultInAMemorysGuardIsNotATrap) {
  EXPECT_EXIT(fixture::call(*instance_, "host", {Value::i32(0)}), killedBy(SIGSEGV), "");
}

// Faults that are not traps go to the handler that was installed before the first store. Called in
// a child process, as the handlers of this process are installed already.
void runWithEarlierHandler(bool withInfo) {
  struct sigaction action {};
  if (withInfo) {
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = [](int, siginfo_t* info, void*) {
      std::_Exit(reinterpret_cast<uintptr_t>(info->si_addr) == 64 ? 23 : 1);
    };
  } else {
    action.sa_handler = [](int) { std::_Exit(23); };
  }
  ::sigaction(SIGSEGV, &action, nullptr);
  Store store;
  writeNowhere();
}

TEST(TrapHandlerChainDeathTest, EarlierHandlersAreCalled) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(runWithEarlierHandler(true), ::testing::ExitedWithCode(23), "");
  EXPECT_EXIT(runWithEarlierHandler(false), ::testing::ExitedWithCode(23), "");
}

TEST(SignalStack, RestoresThePreviousOne) {
  stack_t before{};
  ASSERT_EQ(::sigaltstack(nullptr, &before), 0);
  {
    SignalStack stack;
    stack_t during{};
    ASSERT_EQ(::sigaltstack(nullptr, &during), 0);
    EXPECT_NE(during.ss_sp, before.ss_sp);
    EXPECT_EQ(during.ss_flags & SS_DISABLE, 0);
  }
  stack_t after{};
  ASSERT_EQ(::sigaltstack(nullptr, &after), 0);
  EXPECT_EQ(after.ss_sp, before.ss_sp);
  EXPECT_EQ(after.ss_flags, before.ss_flags);
}

}  // namespace
}  // namespace runtime
