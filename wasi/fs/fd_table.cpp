#include "wasi/fs/fd_table.h"

#include <algorithm>

namespace wasi {

Expected<Descriptor*, Errno> FdTable::getDirectory(uint32_t fd, Rights rights) const {
  Descriptor* descriptor = findSettled(fd);
  if (descriptor != nullptr && !descriptor->isDirectory()) return Errno::NotDir;
  return get(fd, rights);
}

Expected<Descriptor*, Errno> FdTable::getWritableDirectory(uint32_t fd, Rights rights) const {
  Descriptor* descriptor = findSettled(fd);
  // A read-only preopen lacks the rights as well. Rofs is the error that programs expect of a
  // read-only file system, so it takes precedence over NotCapable.
  if (descriptor != nullptr && descriptor->isDirectory() && descriptor->readOnly) {
    return Errno::Rofs;
  }
  return getDirectory(fd, rights);
}

Expected<Descriptor*, Errno> FdTable::getSocket(uint32_t fd, Rights rights) const {
  Descriptor* descriptor = findSettled(fd);
  if (descriptor != nullptr && !descriptor->isSocket()) return Errno::NotSock;
  return get(fd, rights);
}

Expected<uint32_t, Errno> FdTable::insert(Descriptor descriptor) {
  if (!hasRoom()) return Errno::Mfile;
  uint32_t fd = lowestFree_;
  while (fd < size() && entries_[fd] != nullptr) ++fd;
  if (fd == size()) entries_.emplace_back();
  entries_[fd] = std::make_unique<Descriptor>(std::move(descriptor));
  lowestFree_ = fd + 1;
  ++open_;
  return fd;
}

Errno FdTable::close(uint32_t fd) {
  if (find(fd) == nullptr) return Errno::Badf;
  entries_[fd].reset();
  --open_;
  lowestFree_ = std::min(lowestFree_, fd);
  return Errno::Success;
}

Errno FdTable::renumber(uint32_t from, uint32_t to) {
  // Unlike with dup2(), `to` must be open. Else a guest could grow the table to 2^32 entries by one
  // call.
  if (find(from) == nullptr || find(to) == nullptr) return Errno::Badf;
  if (from == to) return Errno::Success;
  entries_[to] = std::move(entries_[from]);
  --open_;
  lowestFree_ = std::min(lowestFree_, from);
  return Errno::Success;
}

}  // namespace wasi
