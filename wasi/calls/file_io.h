// Reading and writing of a guest's open files, and waiting. All that waits ends when the
// host interrupts the guest (runtime::isInterrupted).
//
// Whether calls block is decided by the guest's flag (fdflag::Nonblock), which is emulated and not
// always the O_NONBLOCK of the host's open file description:
// - A file that was opened for the guest always has O_NONBLOCK in the host. If the guest's flag is
//   not set, calls wait with poll(2).
// - A file that the host handed over keeps its flag. The open file description may be shared with
//   other processes, such as the shell of a terminal, and a change would outlast a guest that is
//   killed. Single calls that do not block are made with RWF_NOWAIT of preadv2(2) instead, or with
//   MSG_DONTWAIT for sockets.
// Listening sockets are an exception: accept(2) has no such flag, so fd_fdstat_set_flags sets their
// O_NONBLOCK in the host, and the context restores it.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include "runtime/instance/host_func.h"
#include "wasi/fs/descriptor.h"
#include "wasi/types/errno.h"

namespace wasi {

// Read from or write to the file position, like readv(2) and writev(2), and return the number of
// bytes. `count` is at most IovecList::kMax. Require a host file that is not a directory. Unlike
// writev(2), writing to a socket raises no SIGPIPE in the host if the peer has closed the
// connection. Fail with
// - Again if the call would block and the guest's Nonblock is set;
// - Intr if the guest is interrupted;
// - else the errno of the system call.
Expected<size_t, Errno> readFile(runtime::Caller* caller, const Descriptor& file,
                                 const iovec* buffers, int count);
Expected<size_t, Errno> writeFile(runtime::Caller* caller, const Descriptor& file,
                                  const iovec* buffers, int count);

// Returns whether calls on `file` block, according to the guest's flag if it has set one or opened
// the file, else to O_NONBLOCK of the host's file.
bool waits(const Descriptor& file);

// Waits until `fd` has one of `events` of poll(2), or POLLERR or POLLHUP. Returns Intr, which the
// caller must return, if the guest is interrupted.
Errno waitFor(runtime::Caller* caller, int fd, short events);
// Waits for some milliseconds. Otherwise like waitFor().
Errno waitBriefly(runtime::Caller* caller);

}  // namespace wasi
