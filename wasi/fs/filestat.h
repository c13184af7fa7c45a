// File status and times between host and guest.
#pragma once

#include <sys/stat.h>

#include "wasi/clock.h"
#include "wasi/fs/descriptor.h"
#include "wasi/types/wire.h"

namespace wasi {

Filestat toFilestat(const struct stat& status, Filetype type);
unstable::Filestat toUnstable(const Filestat& stat);

// What utimensat takes: access time, modification time. Inval for flags that contradict.
struct HostTimes {
  timespec times[2];
};
Expected<HostTimes, Errno> toHostTimes(uint64_t atime, uint64_t mtime, uint32_t flags);

}  // namespace wasi
