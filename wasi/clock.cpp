#include "wasi/clock.h"

#include <iterator>
#include <utility>

namespace wasi {
namespace {

Expected<clockid_t, Errno> hostClock(uint32_t id) {
  // Indexed by ClockId. Numbers of the guest are never passed on, because the kernel has many more
  // clocks, for example those of other processes.
  constexpr clockid_t kClocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                   CLOCK_THREAD_CPUTIME_ID};
  if (id >= std::size(kClocks)) return Errno::Inval;
  return kClocks[id];
}

}  // namespace

uint64_t addSaturating(uint64_t a, uint64_t b) {
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  return a > kMax - b ? kMax : a + b;
}

Expected<uint64_t, Errno> Clocks::now(uint32_t id) {
  TRY_ASSIGN(clockid_t clock, hostClock(id));
  if (pinned_) {
    // The step comes after the reading, so that the first one returns exactly `start`.
    uint64_t start = clock == CLOCK_REALTIME ? pinned_->start : 0;
    return addSaturating(start, readAndAdvance(pinned_->step));
  }
  timespec now;
  TRY(checkSystemCall(::clock_gettime(clock, &now)));
  return toNanoseconds(now);
}

Expected<uint64_t, Errno> Clocks::resolution(uint32_t id) const {
  TRY_ASSIGN(clockid_t clock, hostClock(id));
  if (pinned_) return uint64_t{1};
  timespec value;
  TRY(checkSystemCall(::clock_getres(clock, &value)));
  return toNanoseconds(value);
}

uint64_t Clocks::readAndAdvance(uint64_t nanoseconds) {
  std::scoped_lock lock(mutex_);
  return std::exchange(passed_, addSaturating(passed_, nanoseconds));
}

}  // namespace wasi
