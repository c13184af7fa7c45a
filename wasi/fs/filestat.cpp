#include "wasi/fs/filestat.h"

#include <algorithm>
#include <limits>

namespace wasi {

Filestat toFilestat(const struct stat& status, Filetype type) {
  Filestat result{};
  result.device = status.st_dev;
  result.inode = status.st_ino;
  result.type = static_cast<uint8_t>(type);
  result.links = status.st_nlink;
  result.size = static_cast<uint64_t>(status.st_size);
  result.accessTime = toNanoseconds(status.st_atim);
  result.modificationTime = toNanoseconds(status.st_mtim);
  result.changeTime = toNanoseconds(status.st_ctim);
  return result;
}

unstable::Filestat toUnstable(const Filestat& stat) {
  constexpr uint64_t kMaxLinks = std::numeric_limits<uint32_t>::max();
  unstable::Filestat result{};
  result.device = stat.device;
  result.inode = stat.inode;
  result.type = stat.type;
  result.links = static_cast<uint32_t>(std::min(stat.links, kMaxLinks));
  result.size = stat.size;
  result.accessTime = stat.accessTime;
  result.modificationTime = stat.modificationTime;
  result.changeTime = stat.changeTime;
  return result;
}

namespace {

// Returns `value` if `set`, else the present time if `now`, else no change. The last two are
// special values of tv_nsec, for which utimensat ignores tv_sec.
timespec chooseTime(uint64_t value, bool set, bool now) {
  timespec result{};
  if (set) return toTimespec(value);
  result.tv_nsec = now ? UTIME_NOW : UTIME_OMIT;
  return result;
}

}  // namespace

Expected<HostTimes, Errno> toHostTimes(uint64_t atime, uint64_t mtime, uint32_t flags) {
  auto has = [&](uint32_t flag) { return (flags & flag) != 0; };
  if (has(~fstflag::All) || (has(fstflag::Atim) && has(fstflag::AtimNow)) ||
      (has(fstflag::Mtim) && has(fstflag::MtimNow))) {
    return Errno::Inval;
  }
  HostTimes result;
  result.times[0] = chooseTime(atime, has(fstflag::Atim), has(fstflag::AtimNow));
  result.times[1] = chooseTime(mtime, has(fstflag::Mtim), has(fstflag::MtimNow));
  return result;
}

}  // namespace wasi
