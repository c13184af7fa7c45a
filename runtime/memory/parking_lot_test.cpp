#include "runtime/memory/parking_lot.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace runtime {
namespace {

using std::chrono::steady_clock;

constexpr int64_t kForever = -1;
constexpr uint32_t kAll = std::numeric_limits<uint32_t>::max();

// Notifies until so many threads have been woken in all.
void notifyUntil(const void* address, uint32_t count) {
  for (uint32_t woken = 0; woken < count; std::this_thread::yield()) {
    woken += notifyWaiters(address, count - woken);
  }
}

class ParkingLotTest : public ::testing::Test {
 protected:
  WaitsEnd end_ = false;
};

TEST_F(ParkingLotTest, AWaitForAnotherValueDoesNotBegin) {
  uint32_t word = 1;
  uint64_t wide = uint64_t{1} << 32;
  EXPECT_EQ(waitAt(&word, 0, kForever, end_), WaitResult::NotEqual);
  EXPECT_EQ(waitAt(&wide, 0, kForever, end_), WaitResult::NotEqual);
  EXPECT_EQ(waitAt(&wide, wide, 0, end_), WaitResult::TimedOut);
}

TEST_F(ParkingLotTest, AWaitDoesNotEndBeforeItsTimeout) {
  uint32_t word = 0;
  for (int64_t timeout : {int64_t{0}, int64_t{1}, int64_t{1'000'000}, int64_t{30'000'000}}) {
    auto begin = steady_clock::now();
    EXPECT_EQ(waitAt(&word, 0, timeout, end_), WaitResult::TimedOut);
    EXPECT_GE(steady_clock::now() - begin, std::chrono::nanoseconds(timeout));
  }
  EXPECT_EQ(notifyWaiters(&word, kAll), 0u);
}

TEST_F(ParkingLotTest, TheLongestTimeoutDoesNotOverflow) {
  uint32_t word = 0;
  std::thread waker([&] { notifyUntil(&word, 1); });
  EXPECT_EQ(waitAt(&word, 0, std::numeric_limits<int64_t>::max(), end_), WaitResult::Woken);
  waker.join();
}

TEST_F(ParkingLotTest, OnlyWaitersOfTheAddressAreWoken) {
  uint32_t words[2] = {};
  std::atomic<bool> isWoken = false;
  std::thread waiter([&] {
    EXPECT_EQ(waitAt(&words[0], 0, kForever, end_), WaitResult::Woken);
    isWoken = true;
  });
  // Other addresses of the same queue as well.
  std::vector<uint32_t> others(100'000);
  for (uint32_t& other : others) EXPECT_EQ(notifyWaiters(&other, kAll), 0u);
  EXPECT_EQ(notifyWaiters(&words[1], kAll), 0u);
  EXPECT_EQ(notifyWaiters(&words[0], 0), 0u);
  EXPECT_FALSE(isWoken);
  notifyUntil(&words[0], 1);
  waiter.join();
}

// Returns when the thread sleeps.
void awaitSleep(pid_t thread) {
  std::string path = "/proc/self/task/" + std::to_string(thread) + "/stat";
  for (std::string text; text.find(") S ") == text.npos; std::this_thread::yield()) {
    std::getline(std::ifstream(path), text);
  }
}

// Each thread begins to wait when the one before it sleeps.
TEST_F(ParkingLotTest, WaitersAreWokenInTheirOrder) {
  constexpr uint32_t kThreads = 5;
  uint32_t word = 0;
  std::atomic<uint32_t> woken = 0;
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < kThreads; ++i) {
    std::atomic<pid_t> id = 0;
    threads.emplace_back([&, i] {
      id = ::gettid();
      EXPECT_EQ(waitAt(&word, 0, kForever, end_), WaitResult::Woken);
      EXPECT_EQ(woken++, i);
    });
    while (id == 0) std::this_thread::yield();
    awaitSleep(id);
  }
  for (uint32_t i = 0; i < kThreads; ++i) {
    EXPECT_EQ(notifyWaiters(&word, 1), 1u);
    while (woken != i + 1) std::this_thread::yield();
  }
  for (std::thread& thread : threads) thread.join();
}

// A mutex as C libraries make it of the instructions: 0 is free, 1 taken, 2 taken with waiters.
TEST_F(ParkingLotTest, NoWakeUpIsLost) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 20'000;
  uint32_t lock = 0;
  uint64_t counter = 0;
  auto exchange = [&](uint32_t value) {
    return __atomic_exchange_n(&lock, value, __ATOMIC_SEQ_CST);
  };
  auto work = [&] {
    for (int i = 0; i < kRounds; ++i) {
      uint32_t free = 0;
      if (!__atomic_compare_exchange_n(&lock, &free, 1u, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST)) {
        while (exchange(2) != 0) waitAt(&lock, 2, kForever, end_);
      }
      ++counter;
      if (exchange(0) == 2) notifyWaiters(&lock, 1);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter, uint64_t{kThreads} * kRounds);
}

// Waits time out at about the time at which they are woken: each wake-up ends exactly one wait.
TEST_F(ParkingLotTest, TimeoutsAndWakeUpsAreCountedOnce) {
  constexpr int kThreads = 3;
  constexpr int kRounds = 2000;
  uint32_t word = 0;
  std::atomic<uint32_t> woken = 0;
  std::atomic<int> running = kThreads;
  auto work = [&] {
    for (int i = 0; i < kRounds; ++i) {
      if (waitAt(&word, 0, i % 7 * 1000, end_) == WaitResult::Woken) ++woken;
    }
    --running;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  uint32_t notified = 0;
  while (running != 0) notified += notifyWaiters(&word, 1);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(woken, notified);
}

// A handler of a signal ends system calls, and nothing else.
TEST_F(ParkingLotTest, SignalsEndWaitsThatAreToEnd) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &before), 0);
  uint32_t word = 0;
  std::atomic<bool> hasEnded = false;
  std::thread waiter([&] {
    EXPECT_EQ(waitAt(&word, 0, kForever, end_), WaitResult::Interrupted);
    hasEnded = true;
  });
  auto signal = [&] { ::pthread_kill(waiter.native_handle(), SIGUSR1); };
  for (int i = 0; i < 100; ++i) signal();
  EXPECT_FALSE(hasEnded);
  for (end_ = true; !hasEnded; std::this_thread::yield()) signal();
  waiter.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  EXPECT_EQ(notifyWaiters(&word, kAll), 0u);
}

}  // namespace
}  // namespace runtime
