// The calls of preview1: one host function each, named after the call. They return what the guest
// gets back; results go to guest memory through the last parameters, only on success. The
// specification is wasi_snapshot_preview1.witx; preview1.def names the parameters' kinds.
//
// Nothing stands between them and the guest but the runtime's thunk: after a system call, every
// function that is returned from may cost 10 ns (docs/performance.md).
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "wasi/calls/guest.h"
#include "wasi/context.h"

namespace wasi {

using runtime::Caller;

inline Context& contextOf(Caller* caller) { return *static_cast<Context*>(caller->env); }
inline Guest guestOf(Caller* caller) { return Guest(runtime::callerMemory(*caller)); }

// Whom most calls deal with.
struct Parties {
  Context& context;
  Guest guest;
};
inline Parties partiesOf(Caller* caller) { return {contextOf(caller), guestOf(caller)}; }

// strings_calls.cpp
Errno argsGet(Caller*, Address pointers, Address buffer);
Errno argsSizesGet(Caller*, Address count, Address bufferSize);
Errno environGet(Caller*, Address pointers, Address buffer);
Errno environSizesGet(Caller*, Address count, Address bufferSize);

// clock_random_process_calls.cpp
Errno clockResGet(Caller*, uint32_t id, Address resolution);
Errno clockTimeGet(Caller*, uint32_t id, uint64_t precision, Address time);
Errno randomGet(Caller*, Address buffer, uint32_t size);
Errno schedYield(Caller*);

// fd_io_calls.cpp
Errno fdRead(Caller*, uint32_t fd, Address iovecs, uint32_t count, Address read);
Errno fdWrite(Caller*, uint32_t fd, Address iovecs, uint32_t count, Address written);
Errno fdPread(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset, Address read);
Errno fdPwrite(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset,
               Address written);
Errno fdSeek(Caller*, uint32_t fd, uint64_t delta, uint32_t whence, Address position);
Errno fdTell(Caller*, uint32_t fd, Address position);
Errno fdReaddir(Caller*, uint32_t fd, Address buffer, uint32_t size, uint64_t cookie, Address used);

// fd_calls.cpp
Errno fdAdvise(Caller*, uint32_t fd, uint64_t offset, uint64_t size, uint32_t advice);
Errno fdAllocate(Caller*, uint32_t fd, uint64_t offset, uint64_t size);
Errno fdClose(Caller*, uint32_t fd);
Errno fdDatasync(Caller*, uint32_t fd);
Errno fdFdstatGet(Caller*, uint32_t fd, Address stat);
Errno fdFdstatSetFlags(Caller*, uint32_t fd, uint32_t flags);
Errno fdFdstatSetRights(Caller*, uint32_t fd, uint64_t base, uint64_t inheriting);
Errno fdFilestatGet(Caller*, uint32_t fd, Address stat);
Errno fdFilestatSetSize(Caller*, uint32_t fd, uint64_t size);
Errno fdFilestatSetTimes(Caller*, uint32_t fd, uint64_t atime, uint64_t mtime, uint32_t flags);
Errno fdPrestatGet(Caller*, uint32_t fd, Address prestat);
Errno fdPrestatDirName(Caller*, uint32_t fd, Address path, uint32_t size);
Errno fdRenumber(Caller*, uint32_t from, uint32_t to);
Errno fdSync(Caller*, uint32_t fd);

// path_calls.cpp
Errno pathCreateDirectory(Caller*, uint32_t fd, Address path, uint32_t size);
Errno pathFilestatGet(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat);
Errno pathFilestatSetTimes(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                           uint64_t atime, uint64_t mtime, uint32_t flags);
Errno pathLink(Caller*, uint32_t oldFd, uint32_t lookup, Address oldPath, uint32_t oldSize,
               uint32_t newFd, Address newPath, uint32_t newSize);
Errno pathOpen(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size, uint32_t oflags,
               uint64_t base, uint64_t inheriting, uint32_t fdflags, Address opened);
Errno pathReadlink(Caller*, uint32_t fd, Address path, uint32_t size, Address buffer,
                   uint32_t bufferSize, Address used);
Errno pathRemoveDirectory(Caller*, uint32_t fd, Address path, uint32_t size);
Errno pathRename(Caller*, uint32_t oldFd, Address oldPath, uint32_t oldSize, uint32_t newFd,
                 Address newPath, uint32_t newSize);
Errno pathSymlink(Caller*, Address target, uint32_t targetSize, uint32_t fd, Address path,
                  uint32_t size);
Errno pathUnlinkFile(Caller*, uint32_t fd, Address path, uint32_t size);

// poll_calls.cpp
Errno pollOneoff(Caller*, Address subscriptions, Address events, uint32_t count,
                 Address eventCount);

// socket_calls.cpp
Errno sockAccept(Caller*, uint32_t fd, uint32_t flags, Address accepted);
Errno sockRecv(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags,
               Address received, Address resultFlags);
Errno sockSend(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags, Address sent);
Errno sockShutdown(Caller*, uint32_t fd, uint32_t how);

// wasi_unstable, where it differs: same parameters, other numbers and layouts.
namespace unstable {
Errno fdSeek(Caller*, uint32_t fd, uint64_t delta, uint32_t whence, Address position);
Errno fdFilestatGet(Caller*, uint32_t fd, Address stat);
Errno pathFilestatGet(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat);
Errno pollOneoff(Caller*, Address subscriptions, Address events, uint32_t count,
                 Address eventCount);
}  // namespace unstable

}  // namespace wasi
