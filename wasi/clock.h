// The clocks of WASI: the host's, or ones that only the guest moves, so that every run sees the
// same times. Times are nanoseconds.
#pragma once

#include <time.h>

#include <cstdint>
#include <limits>
#include <optional>

#include "wasi/types/errno.h"
#include "wasi/types/wire.h"

namespace wasi {

inline constexpr uint64_t kNanosecondsPerSecond = 1'000'000'000;

// Pinned clocks: all stand still but for a step at every reading, and for waiting, which sets them
// to when it would have ended and takes no time.
struct PinnedClocks {
  uint64_t start = 0;  // Realtime at the beginning; the others begin with 0
  uint64_t step = 0;
};

// The clocks that a guest sees. Times are in nanoseconds.
class Clocks {
 public:
  Clocks() = default;  // the host's
  explicit Clocks(const PinnedClocks& pinned) : pinned_(pinned) {}

  // Inval for a number that names no clock.
  Expected<uint64_t, Errno> now(uint32_t id);
  Expected<uint64_t, Errno> now(ClockId id) { return now(static_cast<uint32_t>(id)); }
  // The smallest difference between two times; Inval likewise.
  Expected<uint64_t, Errno> resolution(uint32_t id) const;

  bool isPinned() const { return pinned_.has_value(); }
  // Sets pinned clocks forward.
  void advance(uint64_t nanoseconds);

 private:
  std::optional<PinnedClocks> pinned_;
  uint64_t passed_ = 0;  // of pinned clocks
};

// Returns a + b, or the largest number where that overflows.
uint64_t addSaturating(uint64_t a, uint64_t b);

// Times before 1970 count as 0, those after 2554 as the last representable one.
inline uint64_t toNanoseconds(const timespec& time) {
  if (time.tv_sec < 0) return 0;
  uint64_t seconds = static_cast<uint64_t>(time.tv_sec);
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  if (seconds >= kMax / kNanosecondsPerSecond) return kMax;
  return seconds * kNanosecondsPerSecond + static_cast<uint64_t>(time.tv_nsec);
}

// Returns the same time in seconds and nanoseconds.
inline timespec toTimespec(uint64_t nanoseconds) {
  timespec result{};
  result.tv_sec = static_cast<time_t>(nanoseconds / kNanosecondsPerSecond);
  result.tv_nsec = static_cast<long>(nanoseconds % kNanosecondsPerSecond);
  return result;
}

}  // namespace wasi
