#include "wasi/calls/file_io.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

#include "wasi/calls/calls.h"
#include "wasi/fs/retry_interrupted.h"

namespace wasi {
namespace {

constexpr int kForever = -1;
// The period, in milliseconds, at which path_open retries to open a pipe.
constexpr int kBriefly = 10;

// Returns whether a call may find the file not ready. Regular files are always ready.
bool canWait(const Descriptor& file) { return file.type != Filetype::RegularFile; }

// Returns whether the file has one of `events` at present. An error of poll(2) counts as ready: the
// call that follows will report it.
bool isReady(int fd, short events) {
  pollfd polled{fd, events, 0};
  return ::poll(&polled, 1, 0) != 0;
}

Expected<size_t, Errno> toResult(ssize_t count) {
  if (count < 0) return lastError();
  return static_cast<size_t>(count);
}

// Returns a message whose contents are the buffers, for recvmsg(2) and sendmsg(2). These change the
// contents of the buffers at most, so the list itself may be constant.
msghdr messageOf(const iovec* buffers, int count) {
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(buffers);
  message.msg_iovlen = static_cast<size_t>(count);
  return message;
}

bool areEmpty(const iovec* buffers, int count) {
  return std::all_of(buffers, buffers + count, [](const iovec& each) { return each.iov_len == 0; });
}

// Reads without blocking in the kernel. Fails with EOPNOTSUPP if that is not possible. A file that
// was opened for the guest has O_NONBLOCK. The flags have the same effect for one call; offset -1
// is the file position.
ssize_t readAtOnce(const Descriptor& file, const iovec* buffers, int count) {
  // Reading no bytes from a socket does not wait, as opposed to receiving a message of no bytes.
  if (!file.isHandedOver || (file.isSocket() && areEmpty(buffers, count))) {
    return ::readv(file.fd(), buffers, count);
  }
  if (!file.isSocket()) return ::preadv2(file.fd(), buffers, count, -1, RWF_NOWAIT);
  msghdr message = messageOf(buffers, count);
  return ::recvmsg(file.fd(), &message, MSG_DONTWAIT);
}

}  // namespace

bool waits(const Descriptor& file) {
  if (file.statusFlags == StatusFlags::Guest) return (file.flags & fdflag::Nonblock) == 0;
  return (::fcntl(file.fd(), F_GETFL) & O_NONBLOCK) == 0;
}

Expected<size_t, Errno> readFile(Caller* caller, const Descriptor& file, const iovec* buffers,
                                 int count) {
  const int fd = file.fd();
  auto read = [&] { return ::readv(fd, buffers, count); };
  if (!canWait(file)) return toResult(retryInterrupted(*caller, read));
  // path_open does not wait for the writer of a pipe, as open(2) would. Until there is one, read(2)
  // returns 0, which would look like the end. poll(2) waits for the first writer.
  if (file.isOwnPipe() && waits(file)) TRY(waitFor(caller, fd, POLLIN));
  for (;;) {
    ssize_t done = retryInterrupted(*caller, [&] { return readAtOnce(file, buffers, count); });
    // EOPNOTSUPP: the file does not support RWF_NOWAIT. All sockets support MSG_DONTWAIT.
    const bool cannotBeAsked = done < 0 && errno == EOPNOTSUPP && !file.isSocket();
    if (done >= 0 || (errno != EAGAIN && !cannotBeAsked)) return toResult(done);
    if (waits(file)) {
      TRY(waitFor(caller, fd, POLLIN));
    } else if (!cannotBeAsked || !isReady(fd, POLLIN)) {
      return Errno::Again;
    }
    if (!cannotBeAsked) continue;
    // For a terminal, for example. The file is ready, so the read does not block, unless another
    // process has read the bytes since. Linux has no call that would not block then. If O_NONBLOCK
    // is set, EAGAIN shows that, and the loop waits again.
    done = retryInterrupted(*caller, read);
    if (done >= 0 || errno != EAGAIN) return toResult(done);
  }
}

namespace {

// Writes without blocking to a file that the host handed over and whose O_NONBLOCK may not be set.
// Fails with Again if it would block. `flags` are RWF_*.
Expected<size_t, Errno> writeAtOnce(Caller* caller, int fd, const iovec* buffers, int count,
                                    int flags) {
  ssize_t done = retryInterrupted(
      *caller, [&] { return ::pwritev2(fd, buffers, count, -1, flags | RWF_NOWAIT); });
  if (done >= 0 || errno != EOPNOTSUPP) return toResult(done);
  if (!isReady(fd, POLLOUT)) return Errno::Again;
  // A pipe that is ready for writing has room for PIPE_BUF bytes; more might block. One buffer is
  // enough, since a short write is allowed.
  iovec first = buffers[0];
  first.iov_len = std::min<size_t>(first.iov_len, PIPE_BUF);
  return toResult(retryInterrupted(*caller, [&] { return ::writev(fd, &first, 1); }));
}

// Writes to a socket. If the guest has set the flags, they decide on blocking. Otherwise those of
// the host's file do.
Expected<size_t, Errno> writeSocket(Caller* caller, const Descriptor& socket, const iovec* buffers,
                                    int count) {
  const bool isGuests = socket.statusFlags == StatusFlags::Guest;
  const int noWait = isGuests && !waits(socket) ? MSG_DONTWAIT : 0;
  const msghdr message = messageOf(buffers, count);
  for (;;) {
    ssize_t done = retryInterrupted(
        *caller, [&] { return ::sendmsg(socket.fd(), &message, MSG_NOSIGNAL | noWait); });
    if (done >= 0 || errno != EAGAIN || !isGuests || noWait != 0) return toResult(done);
    // The host's file has O_NONBLOCK, but the guest's calls block.
    TRY(waitFor(caller, socket.fd(), POLLOUT));
  }
}

}  // namespace

Expected<size_t, Errno> writeFile(Caller* caller, const Descriptor& file, const iovec* buffers,
                                  int count) {
  const int fd = file.fd();
  if (file.isSocket()) return writeSocket(caller, file, buffers, count);
  if (file.statusFlags == StatusFlags::Host) {
    // The guest has not set flags, so the file's own decide on blocking and appending.
    return toResult(retryInterrupted(*caller, [&] { return ::writev(fd, buffers, count); }));
  }
  // A file that was opened for the guest has O_APPEND itself (setHostAppend() in fd_calls.cpp).
  const int append = file.isHandedOver && (file.flags & fdflag::Append) != 0 ? RWF_APPEND : 0;
  if (file.isHandedOver && canWait(file) && !waits(file)) {
    return writeAtOnce(caller, fd, buffers, count, append);
  }
  for (;;) {
    ssize_t done = retryInterrupted(*caller, [&] {
      return append == 0 ? ::writev(fd, buffers, count)
                         : ::pwritev2(fd, buffers, count, -1, append);
    });
    if (done >= 0 || errno != EAGAIN) return toResult(done);
    // EAGAIN comes from O_NONBLOCK, which says nothing about the guest's flag.
    if (!waits(file)) return Errno::Again;
    TRY(waitFor(caller, fd, POLLOUT));
  }
}

Errno waitFor(Caller* caller, int fd, short events) {
  pollfd polled{fd, events, 0};
  // The result is not needed: callers repeat their system call, which finds out what is ready.
  retryInterrupted(*caller, [&] { return ::poll(&polled, 1, kForever); });
  return runtime::isInterrupted(*caller) ? Errno::Intr : Errno::Success;
}

Errno waitBriefly(Caller* caller) {
  ::poll(nullptr, 0, kBriefly);
  return runtime::isInterrupted(*caller) ? Errno::Intr : Errno::Success;
}

}  // namespace wasi
