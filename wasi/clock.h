// The clocks of WASI and the host's clocks behind them. Times are nanoseconds.
#pragma once

#include <time.h>

#include <cstdint>
#include <limits>

#include "wasi/errno.h"

namespace wasi {

inline constexpr uint64_t kNanosecondsPerSecond = 1'000'000'000;

// Inval for a number that names no clock.
Fallible<clockid_t> hostClock(uint32_t id);

// Fallible only in theory: every clock of hostClock() can be read.
Fallible<uint64_t> clockNow(uint32_t id);

// Times before 1970 count as 0, those after 2554 as the last representable one.
inline uint64_t toNanoseconds(const timespec& time) {
  if (time.tv_sec < 0) return 0;
  uint64_t seconds = static_cast<uint64_t>(time.tv_sec);
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  if (seconds >= kMax / kNanosecondsPerSecond) return kMax;
  return seconds * kNanosecondsPerSecond + static_cast<uint64_t>(time.tv_nsec);
}

inline timespec toTimespec(uint64_t nanoseconds) {
  timespec result{};
  result.tv_sec = static_cast<time_t>(nanoseconds / kNanosecondsPerSecond);
  result.tv_nsec = static_cast<long>(nanoseconds % kNanosecondsPerSecond);
  return result;
}

}  // namespace wasi
