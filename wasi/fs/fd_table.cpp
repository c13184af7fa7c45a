#include "wasi/fs/fd_table.h"

#include <algorithm>
#include <utility>

namespace wasi {

Expected<OpenFile, Errno> FdTable::getDirectory(uint32_t fd, Rights rights) const {
  OpenFile descriptor = findSettled(fd);
  if (descriptor != nullptr && !descriptor->isDirectory()) return Errno::NotDir;
  return get(fd, rights);
}

Expected<OpenFile, Errno> FdTable::getWritableDirectory(uint32_t fd, Rights rights) const {
  OpenFile descriptor = findSettled(fd);
  // A read-only preopen lacks the rights as well. Rofs is the error that programs expect of a
  // read-only file system, so it takes precedence over NotCapable.
  if (descriptor != nullptr && descriptor->isDirectory() && descriptor->readOnly) {
    return Errno::Rofs;
  }
  return getDirectory(fd, rights);
}

Expected<OpenFile, Errno> FdTable::getSocket(uint32_t fd, Rights rights) const {
  OpenFile descriptor = findSettled(fd);
  if (descriptor != nullptr && !descriptor->isSocket()) return Errno::NotSock;
  return get(fd, rights);
}

Expected<uint32_t, Errno> FdTable::insert(Descriptor descriptor) {
  auto entry = std::make_shared<Descriptor>(std::move(descriptor));
  std::scoped_lock lock(mutex_);
  if (open_ >= max_) return Errno::Mfile;
  uint32_t fd = lowestFree_;
  while (isOpen(fd)) ++fd;
  if (fd == entries_.size()) entries_.emplace_back();
  entries_[fd] = std::move(entry);
  lowestFree_ = fd + 1;
  ++open_;
  return fd;
}

// The file is closed without the mutex, as that may take long.
Errno FdTable::close(uint32_t fd) {
  OpenFile closed;
  std::scoped_lock lock(mutex_);
  if (!isOpen(fd)) return Errno::Badf;
  closed = std::move(entries_[fd]);
  --open_;
  lowestFree_ = std::min(lowestFree_, fd);
  return Errno::Success;
}

Errno FdTable::renumber(uint32_t from, uint32_t to) {
  OpenFile replaced;
  std::scoped_lock lock(mutex_);
  // Unlike with dup2(), `to` must be open. Else a guest could grow the table to 2^32 entries by one
  // call.
  if (!isOpen(from) || !isOpen(to)) return Errno::Badf;
  if (from == to) return Errno::Success;
  replaced = std::exchange(entries_[to], std::move(entries_[from]));
  --open_;
  lowestFree_ = std::min(lowestFree_, from);
  return Errno::Success;
}

}  // namespace wasi
