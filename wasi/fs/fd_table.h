// The table of open file descriptors of a guest. A new descriptor gets the lowest free number, as
// POSIX requires ("File Descriptor Allocation").
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wasi/fs/descriptor.h"

namespace wasi {

// An open file, for the duration of a call. If another thread closes its number meanwhile, the file
// stays open until the call ends.
using OpenFile = std::shared_ptr<Descriptor>;

// Owns the descriptors. Every lookup but find() settles the descriptor first
// (Descriptor::settle()). Thread-safe.
class FdTable {
 public:
  // The default soft limit of RLIMIT_NOFILE in Linux.
  static constexpr uint32_t kDefaultMax = 1024;

  // Makes an empty table in which at most `max` descriptors are open at a time.
  explicit FdTable(uint32_t max = kDefaultMax) : max_(max) {}

  // Returns the descriptor, which may not be settled, or null if `fd` is not open.
  OpenFile find(uint32_t fd) const {
    std::scoped_lock lock(mutex_);
    return isOpen(fd) ? entries_[fd] : nullptr;
  }
  // Returns the descriptor. Fails with Badf if `fd` is not open, with NotCapable if it lacks any of
  // `rights`. So do the following functions, which check the type before the rights.
  Expected<OpenFile, Errno> get(uint32_t fd, Rights rights = 0) const {
    OpenFile descriptor = findSettled(fd);
    if (descriptor == nullptr) return Errno::Badf;
    if ((descriptor->rights & rights) != rights) return Errno::NotCapable;
    return descriptor;
  }

  // Like get(), for calls that read, write or seek. Fails with Badf for a directory.
  Expected<OpenFile, Errno> getFile(uint32_t fd, Rights rights) const {
    OpenFile descriptor = findSettled(fd);
    if (descriptor == nullptr || descriptor->isDirectory()) return Errno::Badf;
    if ((descriptor->rights & rights) != rights) return Errno::NotCapable;
    return descriptor;
  }
  // Like get(). Fails with NotDir if `fd` is not a directory.
  Expected<OpenFile, Errno> getDirectory(uint32_t fd, Rights rights) const;
  // Like getDirectory(), for calls that change the directory. Fails with Rofs if it is or lies
  // beneath a read-only preopen, even if `rights` are missing as well.
  Expected<OpenFile, Errno> getWritableDirectory(uint32_t fd, Rights rights) const;
  // Like get(). Fails with NotSock if `fd` is not a socket.
  Expected<OpenFile, Errno> getSocket(uint32_t fd, Rights rights) const;

  // Adds a descriptor and returns its number. Fails with Mfile if the table is full.
  Expected<uint32_t, Errno> insert(Descriptor descriptor);
  // Returns whether one more descriptor can be inserted, unless another thread inserts one.
  bool hasRoom() const {
    std::scoped_lock lock(mutex_);
    return open_ < max_;
  }
  // Destroys the descriptor and frees its number. Fails with Badf if `fd` is not open.
  Errno close(uint32_t fd);
  // Closes the descriptor at `to` and moves the one at `from` there. Does nothing if they are
  // equal. Fails with Badf if either is not open.
  Errno renumber(uint32_t from, uint32_t to);

  // Returns an upper bound of the numbers in use: one more than the highest that ever was.
  uint32_t size() const {
    std::scoped_lock lock(mutex_);
    return static_cast<uint32_t>(entries_.size());
  }

 private:
  // Needs the mutex.
  bool isOpen(uint32_t fd) const { return fd < entries_.size() && entries_[fd] != nullptr; }
  // Like find(), and settles the descriptor.
  OpenFile findSettled(uint32_t fd) const {
    OpenFile descriptor = find(fd);
    if (descriptor != nullptr && !descriptor->isSettled) descriptor->settle();
    return descriptor;
  }

  mutable OwnMutex mutex_;
  std::vector<OpenFile> entries_;  // by number; null if not open
  uint32_t lowestFree_ = 0;        // every number below is in use
  uint32_t open_ = 0;              // number of entries that are not null
  uint32_t max_;
};

}  // namespace wasi
