#include "runtime/trap/interruption.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "runtime/fixture/running.h"
#include "runtime/trap/activation.h"

namespace runtime {
namespace {

using abi::ExternKind;
using abi::TrapCode;
using fixture::ModuleBuilder;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// What the host function does. Returns its result.
using Host = std::function<uint32_t(Caller&, uint32_t)>;

uint32_t callHost(Caller* caller, uint32_t argument) {
  return (*static_cast<Host*>(caller->env))(*caller, argument);
}

std::shared_ptr<const Module> build() {
  ModuleBuilder builder("app");
  uint32_t unary = builder.type<uint32_t, uint32_t>();
  builder.importFunction("env", "host", unary);
  auto add = [&](const char* name, auto* code) {
    builder.exportAs(name, ExternKind::Function, builder.function(unary, code, name));
  };
  add("loop", fixture::guestLoop);
  add("recurse", fixture::guestFibonacci);
  add("callHost", fixture::guestCallImport);
  add("callHostForever", fixture::guestCallImportForever);
  return builder.build();
}

// Returns the module of all guests that exist, since no two modules may have the same code.
std::shared_ptr<const Module> moduleOfGuests() {
  static std::mutex mutex;
  static std::weak_ptr<const Module> current;
  std::scoped_lock lock(mutex);
  std::shared_ptr<const Module> module = current.lock();
  if (module == nullptr) current = module = build();
  return module;
}

// A store with an instance whose functions end only if they are interrupted.
class Guest {
 public:
  explicit Guest(Host host = {}) : host_(std::move(host)) {
    instance_ = &fixture::instantiate(store, moduleOfGuests(), {hostFunction(callHost, &host_)});
  }

  // Calls a function. Returns the trap, whose code is None if the function returns.
  Trap trapOf(const char* name, uint32_t argument = 0) {
    auto outcome = instance_->function(name)->call({Value::i32(argument)});
    return outcome ? Trap() : std::move(outcome).error().trap();
  }
  TrapCode run(const char* name, uint32_t argument = 0) { return trapOf(name, argument).code; }

  // Calls a function, interrupts the store after `delay`, and expects that the call ends.
  void expectInterrupted(const char* name, microseconds delay, uint32_t argument = 0) {
    std::thread other([&] {
      std::this_thread::sleep_for(delay);
      store.interrupt();
    });
    EXPECT_EQ(run(name, argument), TrapCode::Interrupted) << name;
    other.join();
    EXPECT_EQ(currentActivation, nullptr);
  }

  Store store;

 private:
  Host host_;
  Instance* instance_;
};

// Waits in the kernel until a signal arrives.
uint32_t waitForSignal(Caller& caller, uint32_t) {
  do {
    ::poll(nullptr, 0, -1);
  } while (!isInterrupted(caller));
  return 0;
}

uint32_t addOne(Caller&, uint32_t argument) { return argument + 1; }

TEST(Interruption, EndsLoopsAndRecursion) {
  std::minstd_rand random(1);
  for (int i = 0; i < 100; ++i) {
    Guest().expectInterrupted("loop", microseconds(random() % 2000));
    Guest().expectInterrupted("recurse", microseconds(random() % 2000), 90);
    Guest(addOne).expectInterrupted("callHostForever", microseconds(random() % 2000));
  }
}

TEST(Interruption, EndsWaitingInTheHost) {
  for (int i = 0; i < 50; ++i) {
    Guest(waitForSignal).expectInterrupted("callHost", microseconds(i * 40));
    Guest(waitForSignal).expectInterrupted("callHostForever", microseconds(i * 40));
  }
}

TEST(Interruption, LastsAndConcernsOneStore) {
  Guest guest(addOne);
  Guest other(addOne);
  EXPECT_EQ(guest.run("callHost"), TrapCode::None);
  guest.store.interrupt();
  EXPECT_TRUE(guest.store.isInterrupted());
  EXPECT_EQ(guest.run("callHost"), TrapCode::Interrupted);
  EXPECT_EQ(guest.run("loop"), TrapCode::Interrupted);
  EXPECT_EQ(other.run("callHost"), TrapCode::None);
  EXPECT_FALSE(other.store.isInterrupted());
}

TEST(Interruption, HasABacktrace) {
  Guest guest;
  guest.store.setTimeLimit(1'000'000);
  Trap trap = guest.trapOf("loop");
  EXPECT_EQ(trap.message, "interrupted");
  ASSERT_EQ(trap.backtrace.size(), 1u);
  EXPECT_EQ(trap.backtrace[0].function, "loop");
}

TEST(Interruption, TimeLimitIsOfEachCall) {
  Guest guest(addOne);
  guest.store.setTimeLimit(300'000'000);
  auto end = std::chrono::steady_clock::now() + milliseconds(600);
  while (std::chrono::steady_clock::now() < end) {
    ASSERT_EQ(guest.run("callHost"), TrapCode::None);
  }
  EXPECT_EQ(guest.run("loop"), TrapCode::Interrupted);
  EXPECT_EQ(guest.run("callHost"), TrapCode::Interrupted);
}

TEST(Interruption, TimeLimitsNest) {
  Guest inner;
  inner.store.setTimeLimit(5'000'000);
  TrapCode innerTrap = TrapCode::None;
  Guest outer([&](Caller&, uint32_t) {
    innerTrap = inner.run("loop");
    return 0;
  });
  outer.store.setTimeLimit(1'000'000'000);
  EXPECT_EQ(outer.run("callHost"), TrapCode::None);
  EXPECT_EQ(innerTrap, TrapCode::Interrupted);
  EXPECT_EQ(outer.run("loop"), TrapCode::Interrupted);
}

TEST(Interruption, OuterLimitEndsAfterTheInnerCall) {
  Guest inner(addOne);
  Guest outer([&](Caller&, uint32_t) {
    auto end = std::chrono::steady_clock::now() + milliseconds(20);
    while (std::chrono::steady_clock::now() < end) {
      EXPECT_EQ(inner.run("callHost"), TrapCode::None);
    }
    return 0;
  });
  outer.store.setTimeLimit(5'000'000);
  EXPECT_EQ(outer.run("callHost"), TrapCode::Interrupted);
  EXPECT_FALSE(inner.store.isInterrupted());
}

Store* storeOfHandler = nullptr;

TEST(Interruption, MayBeRequestedByASignalHandler) {
  struct sigaction action {};
  action.sa_handler = [](int) { storeOfHandler->interrupt(); };
  action.sa_flags = SA_ONSTACK;
  struct sigaction before {};
  ASSERT_EQ(::sigaction(SIGALRM, &action, &before), 0);
  for (const char* name : {"loop", "callHost"}) {
    Guest guest(waitForSignal);
    storeOfHandler = &guest.store;
    itimerval timer{};
    timer.it_value.tv_usec = 3000;
    ASSERT_EQ(::setitimer(ITIMER_REAL, &timer, nullptr), 0);
    EXPECT_EQ(guest.run(name), TrapCode::Interrupted);
  }
  ::sigaction(SIGALRM, &before, nullptr);
}

// No signal is left over for what the thread does next.
TEST(Interruption, DoesNotDisturbTheHostAfterwards) {
  for (int i = 0; i < 20; ++i) {
    Guest().expectInterrupted("loop", microseconds(500));
    Guest(waitForSignal).expectInterrupted("callHost", microseconds(500));
    EXPECT_EQ(::poll(nullptr, 0, 5), 0);
  }
}

TEST(Interruption, WorksInAChildProcess) {
  Guest guest;
  Guest interrupted;
  interrupted.store.setTimeLimit(1'000'000);
  EXPECT_EQ(interrupted.run("loop"), TrapCode::Interrupted);
  pid_t child = ::fork();
  if (child == 0) {
    Guest another;
    another.store.setTimeLimit(1'000'000);
    bool ended = another.run("loop") == TrapCode::Interrupted;
    guest.expectInterrupted("loop", microseconds(500));
    ::_exit(ended && !::testing::Test::HasFailure() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

// Threads run guests of all kinds one after another, while others interrupt them at random times.
TEST(Interruption, EndsManyGuestsOfManyThreads) {
  const char* const functions[] = {"loop", "recurse", "callHost", "callHostForever"};
  std::atomic<int> ended = 0;
  auto work = [&](unsigned seed) {
    std::minstd_rand random(seed);
    for (int i = 0; i < 50; ++i) {
      Guest guest(random() % 2 == 0 ? Host(waitForSignal) : Host(addOne));
      const char* function = functions[random() % 4];
      std::thread other([&store = guest.store, delay = microseconds(random() % 300)] {
        std::this_thread::sleep_for(delay);
        store.interrupt();
      });
      guest.run(function, 90);  // callHost may return
      other.join();
      ended += guest.run(function, 90) == TrapCode::Interrupted;
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i <= 8; ++i) threads.emplace_back(work, i);
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(ended, 8 * 50);
}

}  // namespace
}  // namespace runtime
