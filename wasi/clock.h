// The clocks of WASI: those of the host, or virtual ("pinned") clocks that only the guest's own
// calls advance, for reproducible runs. All times are nanoseconds.
#pragma once

#include <time.h>

#include <cstdint>
#include <limits>
#include <optional>

#include "wasi/fs/thread_members.h"
#include "wasi/types/errno.h"
#include "wasi/types/wire.h"

namespace wasi {

inline constexpr uint64_t kNanosecondsPerSecond = 1'000'000'000;

// The parameters of pinned clocks. All clocks advance together: by `step` after each reading, and
// in poll_oneoff to the end of the timeout, without waiting for it.
struct PinnedClocks {
  uint64_t start = 0;  // initial time of ClockId::Realtime, since 1970; the others start at 0
  uint64_t step = 0;   // nanoseconds
};

// The clocks that a guest sees. Thread-safe.
class Clocks {
 public:
  // Makes clocks that are those of the host.
  Clocks() = default;
  // Makes pinned clocks.
  explicit Clocks(const PinnedClocks& pinned) : pinned_(pinned) {}

  // Returns the time of a clock, given by its ClockId, and advances pinned clocks by their step.
  // The precision is that of the host's clock. Fails with Inval for an undefined id.
  Expected<uint64_t, Errno> now(uint32_t id);
  Expected<uint64_t, Errno> now(ClockId id) { return now(static_cast<uint32_t>(id)); }
  // Returns the resolution of a clock, 1 if it is pinned. Fails with Inval for an undefined id.
  Expected<uint64_t, Errno> resolution(uint32_t id) const;

  bool isPinned() const { return pinned_.has_value(); }
  // Advances pinned clocks. Has no effect on others.
  void advance(uint64_t nanoseconds) { readAndAdvance(nanoseconds); }

 private:
  // Returns the time since the start of pinned clocks, before they advance.
  uint64_t readAndAdvance(uint64_t nanoseconds);

  std::optional<PinnedClocks> pinned_;  // empty for the host's clocks
  OwnMutex mutex_;                      // of the next member
  uint64_t passed_ = 0;                 // time since the start of pinned clocks
};

// Returns a + b, or the largest number if that overflows. Guests choose timeouts freely, and one
// near 2^64 means "never".
uint64_t addSaturating(uint64_t a, uint64_t b);

// Converts a time since 1970 to nanoseconds. Times before 1970 become 0, those after the year 2554
// the largest number; a file system may contain either.
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
