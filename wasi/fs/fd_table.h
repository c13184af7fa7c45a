// The table of open file descriptors of a guest. A new descriptor gets the lowest free number, as
// POSIX requires ("File Descriptor Allocation").
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wasi/fs/descriptor.h"

namespace wasi {

// Owns the descriptors. A pointer to one is valid until its number is closed or replaced by
// renumber(); other changes of the table do not move it. Every lookup but find() settles the
// descriptor first (Descriptor::settle()). Not thread-safe.
class FdTable {
 public:
  // The default soft limit of RLIMIT_NOFILE in Linux.
  static constexpr uint32_t kDefaultMax = 1024;

  // Makes an empty table in which at most `max` descriptors are open at a time.
  explicit FdTable(uint32_t max = kDefaultMax) : max_(max) {}

  // Returns the descriptor, which may not be settled, or null if `fd` is not open.
  Descriptor* find(uint32_t fd) const {
    return fd < entries_.size() ? entries_[fd].get() : nullptr;
  }
  // Returns the descriptor. Fails with Badf if `fd` is not open, with NotCapable if it lacks any of
  // `rights`. So do the following functions, which check the type before the rights.
  Expected<Descriptor*, Errno> get(uint32_t fd, Rights rights = 0) const {
    Descriptor* descriptor = findSettled(fd);
    if (descriptor == nullptr) return Errno::Badf;
    if ((descriptor->rights & rights) != rights) return Errno::NotCapable;
    return descriptor;
  }

  // Like get(), for calls that read, write or seek. Fails with Badf for a directory.
  Expected<Descriptor*, Errno> getFile(uint32_t fd, Rights rights) const {
    Descriptor* descriptor = findSettled(fd);
    if (descriptor == nullptr || descriptor->isDirectory()) return Errno::Badf;
    if ((descriptor->rights & rights) != rights) return Errno::NotCapable;
    return descriptor;
  }
  // Like get(). Fails with NotDir if `fd` is not a directory.
  Expected<Descriptor*, Errno> getDirectory(uint32_t fd, Rights rights) const;
  // Like getDirectory(), for calls that change the directory. Fails with Rofs if it is or lies
  // beneath a read-only preopen, even if `rights` are missing as well.
  Expected<Descriptor*, Errno> getWritableDirectory(uint32_t fd, Rights rights) const;
  // Like get(). Fails with NotSock if `fd` is not a socket.
  Expected<Descriptor*, Errno> getSocket(uint32_t fd, Rights rights) const;

  // Adds a descriptor and returns its number. Fails with Mfile if the table is full.
  Expected<uint32_t, Errno> insert(Descriptor descriptor);
  // Returns whether one more descriptor can be inserted.
  bool hasRoom() const { return open_ < max_; }
  // Destroys the descriptor and frees its number. Fails with Badf if `fd` is not open.
  Errno close(uint32_t fd);
  // Closes the descriptor at `to` and moves the one at `from` there. Does nothing if they are
  // equal. Fails with Badf if either is not open.
  Errno renumber(uint32_t from, uint32_t to);

  // Returns an upper bound of the numbers in use: one more than the highest that ever was.
  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }

 private:
  // Like find(), and settles the descriptor.
  Descriptor* findSettled(uint32_t fd) const {
    Descriptor* descriptor = find(fd);
    if (descriptor != nullptr && !descriptor->isSettled) descriptor->settle();
    return descriptor;
  }

  std::vector<std::unique_ptr<Descriptor>> entries_;  // by number; null if not open
  uint32_t lowestFree_ = 0;                           // every number below is in use
  uint32_t open_ = 0;                                 // number of entries that are not null
  uint32_t max_;
};

}  // namespace wasi
