// Conversion of file descriptor flags (typename `fdflags`) to and from those of open(2).
#pragma once

#include <fcntl.h>

#include <cstdint>

#include "wasi/types/wire.h"

namespace wasi {

// The flags of synchronized I/O. They are fixed when a file is opened.
inline constexpr uint32_t kSyncFdflags = fdflag::Dsync | fdflag::Rsync | fdflag::Sync;

// Returns the flags of open(2) for a set of fdflag::... Linux has no separate O_RSYNC; it is a
// synonym of O_SYNC there. Unknown bits are ignored.
constexpr int toHostFlags(uint32_t fdflags) {
  int result = 0;
  if ((fdflags & fdflag::Append) != 0) result |= O_APPEND;
  if ((fdflags & fdflag::Nonblock) != 0) result |= O_NONBLOCK;
  if ((fdflags & fdflag::Dsync) != 0) result |= O_DSYNC;
  if ((fdflags & (fdflag::Sync | fdflag::Rsync)) != 0) result |= O_SYNC;
  return result;
}

// Returns the subset of fdflag::... that fcntl(F_SETFL) can change, from the result of
// fcntl(F_GETFL). The flags of synchronized I/O are not converted, since Sync and Rsync are one
// flag in Linux; callers keep the guest's own.
constexpr uint32_t toFdflags(int hostFlags) {
  uint32_t result = 0;
  if ((hostFlags & O_APPEND) != 0) result |= fdflag::Append;
  if ((hostFlags & O_NONBLOCK) != 0) result |= fdflag::Nonblock;
  return result;
}

}  // namespace wasi
