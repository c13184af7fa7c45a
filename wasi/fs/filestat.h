// Conversion of file status and file times between the host's structures and those of WASI.
#pragma once

#include <sys/stat.h>

#include "wasi/clock.h"
#include "wasi/fs/descriptor.h"
#include "wasi/types/wire.h"

namespace wasi {

// Returns the status of a file of type `type`. st_mode is not used, because it does not distinguish
// datagram sockets.
Filestat toFilestat(const struct stat& status, Filetype type);
// Converts to the layout of wasi_unstable. More links than 32 bits hold become the largest number.
unstable::Filestat toUnstable(const Filestat& stat);

// The argument of utimensat(2): access time, then modification time.
struct HostTimes {
  timespec times[2];
};
// Returns the times for fd_filestat_set_times and path_filestat_set_times. `atime` and `mtime` are
// nanoseconds since 1970, `flags` are fstflag::... A time without a flag is left unchanged. Fails
// with Inval if a time is to be set to both a value and the present, or if a flag is undefined.
Expected<HostTimes, Errno> toHostTimes(uint64_t atime, uint64_t mtime, uint32_t flags);

}  // namespace wasi
