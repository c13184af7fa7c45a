// Reading and writing of a guest's open file by system calls, and the waiting that goes with it.
//
// Whether a call waits is the guest's to say (fdflag::Nonblock), and is not always told the host's
// open file. One that the guest opened by a path never waits at the host, so that no pipe or device
// can hold up more than the call that uses it. One that the host handed over may be shared with
// other processes, which would have to live with the change, and it would outlast a guest that is
// killed.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include "runtime/instance/host_func.h"
#include "wasi/fs/descriptor.h"
#include "wasi/types/errno.h"

namespace wasi {

// As readv and writev. The caller's context may be interrupted while they wait.
Expected<size_t, Errno> readFile(runtime::Caller* caller, const Descriptor& file,
                                 const iovec* buffers, int count);
Expected<size_t, Errno> writeFile(runtime::Caller* caller, const Descriptor& file,
                                  const iovec* buffers, int count);

// Whether calls wait, by the guest's wish or by the open file's own state.
bool waits(const Descriptor& file);

// Waits for poll(2)'s `events`, or for Context::interrupt(): then the guest will trap, and the call
// is to return this Errno::Intr.
Errno waitFor(runtime::Caller* caller, int fd, short events);
// Waits for a moment; the same.
Errno waitBriefly(runtime::Caller* caller);
// What a wait does that finds itself interrupted: the guest will trap. Returns Errno::Intr.
Errno stop(runtime::Caller* caller);

}  // namespace wasi
