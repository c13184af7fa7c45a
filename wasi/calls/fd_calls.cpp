#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iterator>
#include <limits>
#include <mutex>

#include "wasi/calls/calls.h"
#include "wasi/fs/filestat.h"
#include "wasi/fs/retry_interrupted.h"
#include "wasi/types/fdflags.h"

namespace wasi {
namespace {

// The largest file offset of the host.
constexpr uint64_t kMaxOffset = static_cast<uint64_t>(std::numeric_limits<off_t>::max());

// The common part of fd_filestat_get of both versions.
Expected<Filestat, Errno> filestatOf(Context& context, uint32_t fd) {
  TRY_ASSIGN(OpenFile file, context.files().get(fd, right::FdFilestatGet));
  struct stat status {};
  if (file->stream) return toFilestat(status, file->type);
  TRY(checkSystemCall(::fstat(file->fd(), &status)));
  return toFilestat(status, file->type);
}

// Extends a file to `size` bytes, in place of an allocation that the file system does not support.
// If another process extends the file between the two system calls, it is cut off to `size`.
Errno extend(int fd, off_t size) {
  struct stat status;
  TRY(checkSystemCall(::fstat(fd, &status)));
  if (status.st_size >= size) return Errno::Success;
  return checkSystemCall(retryInterrupted([&] { return ::ftruncate(fd, size); }));
}

// Sets O_APPEND of a file that was opened for the guest. For one that the host handed over, returns
// whether the flag can be emulated. It is not emulated in general: Linux can append in a single
// call (RWF_APPEND), but only since version 6.9 write elsewhere in spite of O_APPEND
// (RWF_NOAPPEND).
Errno setHostAppend(const Descriptor& file, bool isWanted) {
  int present = ::fcntl(file.fd(), F_GETFL);
  if (present < 0) return lastError();
  bool appends = (present & O_APPEND) != 0;
  if (appends == isWanted) return Errno::Success;
  // Other processes may share the open file description. writeFile() uses RWF_APPEND.
  if (file.isHandedOver) return isWanted ? Errno::Success : Errno::NotSup;
  int wanted = isWanted ? present | O_APPEND : present & ~O_APPEND;
  return checkSystemCall(::fcntl(file.fd(), F_SETFL, wanted));
}

// Returns whether a socket accepts connections.
bool isListening(int socket) {
  int accepts = 0;
  socklen_t size = sizeof accepts;
  return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0 && accepts != 0;
}

// accept(2) has no flag against blocking in a single call, so the flag of the listening socket
// itself is set. The host has handed it over, and other processes may share it.
Errno setListenerFlags(Context& context, const Descriptor& socket, uint32_t flags) {
  int present = ::fcntl(socket.fd(), F_GETFL);
  if (present < 0) return lastError();
  int wanted = (present & ~(O_APPEND | O_NONBLOCK)) | toHostFlags(flags);
  if (wanted == present) return Errno::Success;
  context.restoreAtEnd(socket.fd(), present);
  return checkSystemCall(::fcntl(socket.fd(), F_SETFL, wanted));
}

Errno setStatusFlags(Context& context, Descriptor& file, uint32_t flags) {
  if (file.isSocket()) {
    if (isListening(file.fd())) return setListenerFlags(context, file, flags);
    // Appending has no meaning for a socket.
  } else {
    TRY(setHostAppend(file, (flags & fdflag::Append) != 0));
  }
  // From here on, Descriptor::flags decides on blocking.
  file.statusFlags = StatusFlags::Guest;
  return Errno::Success;
}

Expected<OpenFile, Errno> preopen(Context& context, uint32_t fd) {
  // wasi-libc enumerates the preopens from 3 on until Badf; it treats another errno as fatal. So
  // the error is Badf, not NotDir, for other open descriptors, too.
  OpenFile directory = context.files().find(fd);
  if (directory == nullptr || !directory->preopenName) return Errno::Badf;
  return directory;
}

}  // namespace

Errno fdAdvise(Caller* caller, uint32_t fd, uint64_t offset, uint64_t size, uint32_t advice) {
  Context& context = contextOf(caller);
  // Indexed by typename `advice`.
  constexpr int kAdvice[] = {POSIX_FADV_NORMAL,   POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM,
                             POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,   POSIX_FADV_NOREUSE};
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdAdvise));
  if (advice >= std::size(kAdvice) || offset > kMaxOffset || size > kMaxOffset) return Errno::Inval;
  // Returns its error and does not set errno.
  int error = ::posix_fadvise(file->fd(), static_cast<off_t>(offset), static_cast<off_t>(size),
                              kAdvice[advice]);
  return error == 0 ? Errno::Success : fromHostErrno(error);
}

Errno fdAllocate(Caller* caller, uint32_t fd, uint64_t offset, uint64_t size) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdAllocate));
  if (size == 0 || offset > kMaxOffset || size > kMaxOffset) return Errno::Inval;
  if (size > kMaxOffset - offset) return Errno::Fbig;
  off_t start = static_cast<off_t>(offset);
  off_t length = static_cast<off_t>(size);
  // Not posix_fallocate(3), which writes to each block if the file system cannot allocate. That may
  // take very long for a size that the guest chooses.
  int result = retryInterrupted([&] { return ::fallocate(file->fd(), 0, start, length); });
  if (result == 0) return Errno::Success;
  return errno == EOPNOTSUPP ? extend(file->fd(), start + length) : lastError();
}

Errno fdClose(Caller* caller, uint32_t fd) {
  Context& context = contextOf(caller);
  return context.files().close(fd);
}

Errno fdDatasync(Caller* caller, uint32_t fd) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().get(fd, right::FdDatasync));
  return checkSystemCall(retryInterrupted([&] { return ::fdatasync(file->fd()); }));
}

Errno fdSync(Caller* caller, uint32_t fd) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().get(fd, right::FdSync));
  return checkSystemCall(retryInterrupted([&] { return ::fsync(file->fd()); }));
}

Errno fdFdstatGet(Caller* caller, uint32_t fd, Address stat) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().get(fd));
  Fdstat result{};
  result.type = static_cast<uint8_t>(file->type);
  result.flags = file->flags;
  if (file->statusFlags == StatusFlags::Host && !file->stream) {
    // The host or another process may have changed them since the last call.
    int flags = ::fcntl(file->fd(), F_GETFL);
    if (flags < 0) return lastError();
    result.flags = static_cast<uint16_t>(toFdflags(flags) | (file->flags & kSyncFdflags));
  }
  result.rightsBase = file->rights;
  result.rightsInheriting = file->inheriting;
  return guest.write(stat, result);
}

Errno fdFdstatSetFlags(Caller* caller, uint32_t fd, uint32_t flags) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().get(fd, right::FdFdstatSetFlags));
  // fcntl(F_SETFL) of Linux ignores changes of O_SYNC and O_DSYNC without an error. Undefined flags
  // are Inval by the same comparison.
  constexpr uint32_t kChangeable = fdflag::Append | fdflag::Nonblock;
  if ((flags & ~kChangeable) != (file->flags & kSyncFdflags)) return Errno::Inval;
  std::scoped_lock lock(file->changes);
  if (!file->stream) TRY(setStatusFlags(context, *file, flags & kChangeable));
  file->flags = static_cast<uint16_t>(flags);
  return Errno::Success;
}

Errno fdFdstatSetRights(Caller* caller, uint32_t fd, uint64_t base, uint64_t inheriting) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().get(fd));
  std::scoped_lock lock(file->changes);
  // Rights can only be dropped. Else a descriptor with few rights, passed to code that is trusted
  // less, could regain them.
  if ((base & ~file->rights) != 0 || (inheriting & ~file->inheriting) != 0) {
    return Errno::NotCapable;
  }
  file->rights = base;
  file->inheriting = inheriting;
  return Errno::Success;
}

Errno fdFilestatGet(Caller* caller, uint32_t fd, Address stat) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(Filestat result, filestatOf(context, fd));
  return guest.write(stat, result);
}

Errno unstable::fdFilestatGet(Caller* caller, uint32_t fd, Address stat) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(wasi::Filestat result, filestatOf(context, fd));
  return guest.write(stat, toUnstable(result));
}

Errno fdFilestatSetSize(Caller* caller, uint32_t fd, uint64_t size) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdFilestatSetSize));
  if (size > kMaxOffset) return Errno::Inval;
  off_t length = static_cast<off_t>(size);
  return checkSystemCall(retryInterrupted([&] { return ::ftruncate(file->fd(), length); }));
}

Errno fdFilestatSetTimes(Caller* caller, uint32_t fd, uint64_t atime, uint64_t mtime,
                         uint32_t flags) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().get(fd, right::FdFilestatSetTimes));
  TRY_ASSIGN(HostTimes times, toHostTimes(atime, mtime, flags));
  return checkSystemCall(::futimens(file->fd(), times.times));
}

Errno fdPrestatGet(Caller* caller, uint32_t fd, Address prestat) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile directory, preopen(context, fd));
  Prestat result{};
  result.nameSize = static_cast<uint32_t>(directory->preopenName->size());
  return guest.write(prestat, result);
}

Errno fdPrestatDirName(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile directory, preopen(context, fd));
  const std::string& name = *directory->preopenName;
  if (size < name.size()) return Errno::NameTooLong;
  uint8_t* to = guest.bytes(path, name.size());
  if (to == nullptr) return Errno::Fault;
  std::memcpy(to, name.data(), name.size());
  return Errno::Success;
}

Errno fdRenumber(Caller* caller, uint32_t from, uint32_t to) {
  Context& context = contextOf(caller);
  return context.files().renumber(from, to);
}

}  // namespace wasi
