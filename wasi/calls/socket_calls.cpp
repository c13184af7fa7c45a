#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "wasi/calls/calls.h"
#include "wasi/calls/file_io.h"
#include "wasi/fs/retry_interrupted.h"

namespace wasi {

namespace {

// Like recvmsg(2). Waits with waitFor(). With MSG_WAITALL it blocks in the kernel instead, if the
// host's file has no O_NONBLOCK: MSG_DONTWAIT would return a part of the bytes, against the flag.
Expected<ssize_t, Errno> receive(Caller* caller, const Descriptor& socket, msghdr& message,
                                 int flags) {
  const bool waitsForAll = (flags & MSG_WAITALL) != 0 && waits(socket);
  for (;;) {
    ssize_t size = retryInterrupted(*caller, [&] {
      return ::recvmsg(socket.fd(), &message, flags | (waitsForAll ? 0 : MSG_DONTWAIT));
    });
    if (size >= 0) return size;
    if (errno != EAGAIN) return lastError();
    if (!waits(socket)) return Errno::Again;
    TRY(waitFor(caller, socket.fd(), POLLIN));
  }
}

}  // namespace

Errno sockAccept(Caller* caller, uint32_t fd, uint32_t flags, Address accepted) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile socket, context.files().getSocket(fd, right::SockAccept));
  if ((flags & ~fdflag::Nonblock) != 0) return Errno::Inval;
  // Both are checked first, since a connection that was accepted in vain would be lost.
  TRY(guest.checkOut<uint32_t>(accepted));
  if (!context.files().hasRoom()) return Errno::Mfile;
  // The guest's flag decides on blocking, not O_NONBLOCK of the host's file. accept(2) has no flag
  // for it, and setting O_NONBLOCK would affect other processes.
  if (waits(*socket)) TRY(waitFor(caller, socket->fd(), POLLIN));
  // SOCK_NONBLOCK is for the new socket. It does not inherit the flag of the listening one in
  // Linux.
  int hostFlags = SOCK_CLOEXEC | (flags != 0 ? SOCK_NONBLOCK : 0);
  HostFd host(retryInterrupted(
      *caller, [&] { return ::accept4(socket->fd(), nullptr, nullptr, hostFlags); }));
  if (!host.valid()) return lastError();
  TRY_ASSIGN(Descriptor descriptor, describeHostFile(std::move(host)));
  // At most the rights of the listening socket. A connected socket cannot accept.
  descriptor.rights &= socket->rights & ~right::SockAccept;
  TRY_ASSIGN(uint32_t number, context.files().insert(std::move(descriptor)));
  return guest.write(accepted, number);
}

Errno sockRecv(Caller* caller, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags,
               Address received, Address resultFlags) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile socket, context.files().getSocket(fd, right::FdRead));
  if ((flags & ~riflag::All) != 0) return Errno::Inval;
  TRY(guest.checkOut<uint32_t>(received));
  TRY(guest.checkOut<uint16_t>(resultFlags));
  IovecList list;
  TRY(guest.readIovecs(iovecs, count, list));
  msghdr message{};
  message.msg_iov = list.buffers;
  message.msg_iovlen = list.count;
  int hostFlags = ((flags & riflag::Peek) != 0 ? MSG_PEEK : 0) |
                  ((flags & riflag::Waitall) != 0 ? MSG_WAITALL : 0);
  TRY_ASSIGN(ssize_t size, receive(caller, *socket, message, hostFlags));
  bool truncated = (message.msg_flags & MSG_TRUNC) != 0;
  TRY(guest.write<uint16_t>(resultFlags, truncated ? roflag::Truncated : 0));
  return guest.write(received, static_cast<uint32_t>(size));
}

Errno sockSend(Caller* caller, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags,
               Address sent) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile socket, context.files().getSocket(fd, right::FdWrite));
  // The specification defines no flags (typename `siflags`).
  if (flags != 0) return Errno::Inval;
  TRY(guest.checkOut<uint32_t>(sent));
  IovecList list;
  TRY(guest.readIovecs(iovecs, count, list));
  TRY_ASSIGN(size_t size, writeFile(caller, *socket, list.buffers, static_cast<int>(list.count)));
  return guest.write(sent, static_cast<uint32_t>(size));
}

Errno sockShutdown(Caller* caller, uint32_t fd, uint32_t how) {
  Context& context = contextOf(caller);
  TRY_ASSIGN(OpenFile socket, context.files().getSocket(fd, right::SockShutdown));
  // Indexed by a set of sdflag::...
  constexpr int kHow[] = {-1, SHUT_RD, SHUT_WR, SHUT_RDWR};
  if (how == 0 || how > sdflag::All) return Errno::Inval;
  return checkSystemCall(::shutdown(socket->fd(), kHow[how]));
}

}  // namespace wasi
