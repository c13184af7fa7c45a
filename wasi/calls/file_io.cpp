#include "wasi/calls/file_io.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>

#include <algorithm>

#include "wasi/calls/calls.h"
#include "wasi/fs/retry_interrupted.h"

namespace wasi {
namespace {

constexpr int kForever = -1;
constexpr int kBriefly = 10;  // milliseconds

// In regular files there is nothing to wait for.
bool canWait(const Descriptor& file) { return file.type != Filetype::RegularFile; }

bool isReady(int fd, short events) {
  pollfd polled{fd, events, 0};
  return ::poll(&polled, 1, 0) != 0;
}

Expected<size_t, Errno> toResult(ssize_t count) {
  if (count < 0) return lastError();
  return static_cast<size_t>(count);
}

Errno waitOrStop(Caller* caller, pollfd* polled, nfds_t count, int timeout) {
  Context& context = contextOf(caller);
  retryInterrupted([&] { return ::poll(polled, count, timeout); });
  return context.isInterrupted() ? stop(caller) : Errno::Success;
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
  if (!canWait(file)) return toResult(retryInterrupted(read));
  // A pipe that nobody has opened for writing yet would tell its end.
  if (file.isOwnPipe() && waits(file)) TRY(waitFor(caller, fd, POLLIN));
  for (;;) {
    // Also where the guest waits the kernel is not to, for then the host could not interrupt it.
    ssize_t done = retryInterrupted(
        [&] { return file.isHandedOver ? ::preadv2(fd, buffers, count, -1, RWF_NOWAIT) : read(); });
    if (done >= 0 || (errno != EAGAIN && errno != EOPNOTSUPP)) return toResult(done);
    const bool canBeAsked = errno == EAGAIN;
    if (waits(file)) {
      TRY(waitFor(caller, fd, POLLIN));
    } else if (canBeAsked || !isReady(fd, POLLIN)) {
      return Errno::Again;
    }
    if (canBeAsked) continue;
    // A terminal, say. Another process may have taken meanwhile what was there.
    done = retryInterrupted(read);
    if (done >= 0 || errno != EAGAIN) return toResult(done);
  }
}

namespace {

// A write to a file of the host's that may wait, by a guest that does not want to.
Expected<size_t, Errno> writeAtOnce(int fd, const iovec* buffers, int count, int flags) {
  ssize_t done =
      retryInterrupted([&] { return ::pwritev2(fd, buffers, count, -1, flags | RWF_NOWAIT); });
  if (done >= 0 || errno != EOPNOTSUPP) return toResult(done);
  if (!isReady(fd, POLLOUT)) return Errno::Again;
  // What is ready takes this much without waiting.
  iovec first = buffers[0];
  first.iov_len = std::min<size_t>(first.iov_len, PIPE_BUF);
  return toResult(retryInterrupted([&] { return ::writev(fd, &first, 1); }));
}

}  // namespace

Expected<size_t, Errno> writeFile(Caller* caller, const Descriptor& file, const iovec* buffers,
                                  int count) {
  const int fd = file.fd();
  if (file.statusFlags == StatusFlags::Host) {
    return toResult(retryInterrupted([&] { return ::writev(fd, buffers, count); }));
  }
  const int append = file.isHandedOver && (file.flags & fdflag::Append) != 0 ? RWF_APPEND : 0;
  if (file.isHandedOver && canWait(file) && !waits(file)) {
    return writeAtOnce(fd, buffers, count, append);
  }
  for (;;) {
    ssize_t done = retryInterrupted([&] {
      return append == 0 ? ::writev(fd, buffers, count)
                         : ::pwritev2(fd, buffers, count, -1, append);
    });
    if (done >= 0 || errno != EAGAIN) return toResult(done);
    if (!waits(file)) return Errno::Again;
    TRY(waitFor(caller, fd, POLLOUT));
  }
}

Errno stop(Caller* caller) {
  runtime::requestTrap(*caller, "interrupted by the host");
  return Errno::Intr;
}

Errno waitFor(Caller* caller, int fd, short events) {
  pollfd polled[] = {{fd, events, 0}, {contextOf(caller).interruptFd(), POLLIN, 0}};
  return waitOrStop(caller, polled, 2, kForever);
}

Errno waitBriefly(Caller* caller) {
  pollfd polled{contextOf(caller).interruptFd(), POLLIN, 0};
  return waitOrStop(caller, &polled, 1, kBriefly);
}

}  // namespace wasi
