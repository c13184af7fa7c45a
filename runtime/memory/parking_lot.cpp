#include "runtime/memory/parking_lot.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <mutex>
#include <optional>

namespace runtime {
namespace {

constexpr uint32_t kWaiting = 0;

// A thread that waits, on its stack. Whoever takes it out of its queue and sets `result` must not
// access it afterwards, as the thread then continues.
struct Waiter {
  const void* address;
  const WaitsEnd* end;
  Waiter* next = nullptr;
  // kWaiting, or a WaitResult plus 1.
  std::atomic<uint32_t> state = kWaiting;
};

// The waiters at some addresses, in the order in which they have begun to wait. Several addresses
// share a queue.
class Queue {
 public:
  std::mutex& mutex() { return mutex_; }

  // These need the mutex.
  void add(Waiter& waiter) {
    (last_ == nullptr ? first_ : last_->next) = &waiter;
    last_ = &waiter;
  }
  // Takes out at most `count` waiters that `isWanted` accepts, and returns them as a list.
  template <class Wanted>
  Waiter* take(uint32_t count, uint32_t& taken, const Wanted& isWanted) {
    Waiter* list = nullptr;
    Waiter** listEnd = &list;
    Waiter* before = nullptr;
    Waiter** at = &first_;
    while (*at != nullptr && taken < count) {
      Waiter* waiter = *at;
      if (!isWanted(*waiter)) {
        before = waiter;
        at = &waiter->next;
        continue;
      }
      *at = waiter->next;
      if (last_ == waiter) last_ = before;
      waiter->next = nullptr;
      *listEnd = waiter;
      listEnd = &waiter->next;
      ++taken;
    }
    return list;
  }

 private:
  std::mutex mutex_;
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
};

constexpr size_t kQueues = 256;

std::array<Queue, kQueues>& queues() {
  static std::array<Queue, kQueues> all;
  return all;
}

// Fibonacci hashing: the high bits of the product depend on all bits of the address.
Queue& queueOf(const void* address) {
  constexpr uint64_t kGoldenRatio = 0x9e3779b97f4a7c15;
  constexpr int kShift = 56;
  static_assert(uint64_t{1} << (64 - kShift) == kQueues);
  return queues()[reinterpret_cast<uintptr_t>(address) * kGoldenRatio >> kShift];
}

long futex(std::atomic<uint32_t>& word, int operation, uint32_t value, const timespec* deadline) {
  static_assert(sizeof word == sizeof(uint32_t));
  return ::syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, deadline, nullptr,
                   FUTEX_BITSET_MATCH_ANY);
}

// Lets each waiter of the list continue with this result.
void release(Waiter* list, WaitResult result) {
  while (list != nullptr) {
    Waiter* next = list->next;
    std::atomic<uint32_t>& state = list->state;
    state.store(static_cast<uint32_t>(result) + 1, std::memory_order_release);
    // The waiter may be gone. To the kernel the address is only a number.
    futex(state, FUTEX_WAKE, 1, nullptr);
    list = next;
  }
}

// Returns the time `timeout` from now on the monotonic clock, or nothing if there is no such time.
std::optional<timespec> deadlineAfter(int64_t timeout) {
  constexpr int64_t kSecond = 1'000'000'000;
  if (timeout < 0) return std::nullopt;
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  now.tv_sec += timeout / kSecond;
  now.tv_nsec += timeout % kSecond;
  if (now.tv_nsec >= kSecond) {
    ++now.tv_sec;
    now.tv_nsec -= kSecond;
  }
  return now;
}

// Waits until the state is set. Returns early at the deadline, and if a signal finds that the wait
// is to end; then the result is the reason.
std::optional<WaitResult> sleep(Waiter& waiter, const timespec* deadline) {
  while (waiter.state.load(std::memory_order_acquire) == kWaiting) {
    // FUTEX_WAIT_BITSET has an absolute deadline. Signals and wake-ups of former users of this
    // stack end it too early.
    if (futex(waiter.state, FUTEX_WAIT_BITSET, kWaiting, deadline) == 0) continue;
    if (errno == ETIMEDOUT) return WaitResult::TimedOut;
    if (errno == EINTR && waiter.end->load()) return WaitResult::Interrupted;
  }
  return std::nullopt;
}

template <class Word>
WaitResult wait(const Word* address, Word expected, int64_t timeout, const WaitsEnd& end) {
  std::optional<timespec> deadline = deadlineAfter(timeout);
  Queue& queue = queueOf(address);
  Waiter waiter{.address = address, .end = &end};
  {
    std::scoped_lock lock(queue.mutex());
    if (__atomic_load_n(address, __ATOMIC_SEQ_CST) != expected) return WaitResult::NotEqual;
    // Whoever sets this after here ends the futex's wait by a signal.
    if (end.load()) return WaitResult::Interrupted;
    queue.add(waiter);
  }
  if (auto early = sleep(waiter, deadline ? &*deadline : nullptr)) {
    std::unique_lock lock(queue.mutex());
    uint32_t taken = 0;
    queue.take(1, taken, [&](const Waiter& other) { return &other == &waiter; });
    if (taken != 0) return *early;
    // Another thread has taken it out, and is about to set the state.
    lock.unlock();
    while (sleep(waiter, nullptr)) continue;
  }
  return static_cast<WaitResult>(waiter.state.load(std::memory_order_acquire) - 1);
}

}  // namespace

WaitResult waitAt(const uint32_t* address, uint32_t expected, int64_t timeout,
                  const WaitsEnd& end) {
  return wait(address, expected, timeout, end);
}

WaitResult waitAt(const uint64_t* address, uint64_t expected, int64_t timeout,
                  const WaitsEnd& end) {
  return wait(address, expected, timeout, end);
}

uint32_t notifyWaiters(const void* address, uint32_t count) {
  Queue& queue = queueOf(address);
  uint32_t taken = 0;
  Waiter* list = nullptr;
  {
    std::scoped_lock lock(queue.mutex());
    list = queue.take(count, taken, [&](const Waiter& w) { return w.address == address; });
  }
  release(list, WaitResult::Woken);
  return taken;
}

}  // namespace runtime
