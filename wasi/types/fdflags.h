// Descriptor flags between host and guest.
#pragma once

#include <fcntl.h>

#include <cstdint>

#include "wasi/types/wire.h"

namespace wasi {

inline constexpr uint32_t kSyncFdflags = fdflag::Dsync | fdflag::Rsync | fdflag::Sync;

// open(2)'s flags for the guest's.
constexpr int toHostFlags(uint32_t fdflags) {
  int result = 0;
  if ((fdflags & fdflag::Append) != 0) result |= O_APPEND;
  if ((fdflags & fdflag::Nonblock) != 0) result |= O_NONBLOCK;
  if ((fdflags & fdflag::Dsync) != 0) result |= O_DSYNC;
  if ((fdflags & (fdflag::Sync | fdflag::Rsync)) != 0) result |= O_SYNC;
  return result;
}

// The flags that can change while the file is open. The others stay as they were asked for: Linux
// does not tell Sync and Rsync apart.
constexpr uint32_t toFdflags(int hostFlags) {
  uint32_t result = 0;
  if ((hostFlags & O_APPEND) != 0) result |= fdflag::Append;
  if ((hostFlags & O_NONBLOCK) != 0) result |= fdflag::Nonblock;
  return result;
}

}  // namespace wasi
