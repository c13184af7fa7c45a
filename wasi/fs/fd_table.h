// The guest's descriptors: dense, and the lowest free number is given out first, as POSIX has it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wasi/fs/descriptor.h"

namespace wasi {

class FdTable {
 public:
  // As many as Linux lets a process have by default.
  static constexpr uint32_t kDefaultMax = 1024;

  // Of at most `max` descriptors that are open at a time.
  explicit FdTable(uint32_t max = kDefaultMax) : max_(max) {}

  // Null where `fd` is not open.
  Descriptor* find(uint32_t fd) const {
    return fd < entries_.size() ? entries_[fd].get() : nullptr;
  }
  // Badf where `fd` is not open, NotCapable where it lacks any of `rights`.
  Expected<Descriptor*, Errno> get(uint32_t fd, Rights rights = 0) const {
    Descriptor* descriptor = findSettled(fd);
    if (descriptor == nullptr) return Errno::Badf;
    if ((descriptor->rights & rights) != rights) return Errno::NotCapable;
    return descriptor;
  }

  // As get(), and Badf for a directory: what reads, writes or seeks is for other files.
  Expected<Descriptor*, Errno> getFile(uint32_t fd, Rights rights) const {
    Descriptor* descriptor = findSettled(fd);
    if (descriptor == nullptr || descriptor->isDirectory()) return Errno::Badf;
    if ((descriptor->rights & rights) != rights) return Errno::NotCapable;
    return descriptor;
  }
  // As get(), and NotDir for anything but a directory.
  Expected<Descriptor*, Errno> getDirectory(uint32_t fd, Rights rights) const;
  // As getDirectory(), and Rofs where nothing beneath it may change.
  Expected<Descriptor*, Errno> getWritableDirectory(uint32_t fd, Rights rights) const;
  // As get(), and NotSock for anything but a socket.
  Expected<Descriptor*, Errno> getSocket(uint32_t fd, Rights rights) const;

  // Returns its number; Mfile where there are as many as there may be.
  Expected<uint32_t, Errno> insert(Descriptor descriptor);
  // Whether one more can be inserted.
  bool hasRoom() const { return open_ < max_; }
  // Badf where `fd` is not open.
  Errno close(uint32_t fd);
  // Moves `from` to `to`, which must be open and is closed. Onto itself it does nothing.
  Errno renumber(uint32_t from, uint32_t to);

  // One more than the highest number that was ever in use.
  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }

 private:
  Descriptor* findSettled(uint32_t fd) const {
    Descriptor* descriptor = find(fd);
    if (descriptor != nullptr && !descriptor->isSettled) descriptor->settle();
    return descriptor;
  }

  std::vector<std::unique_ptr<Descriptor>> entries_;
  uint32_t lowestFree_ = 0;  // every number below is in use
  uint32_t open_ = 0;
  uint32_t max_;
};

}  // namespace wasi
