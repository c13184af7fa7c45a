// The calls of preview1: one function each, named after the call. They take the context, the
// guest's memory and the call's parameters as they arrive, and return what the guest gets back;
// results go to guest memory through the last parameters, only on success. The specification is
// wasi_snapshot_preview1.witx; preview1.def names the parameters' kinds.
#pragma once

#include <cstdint>

#include "wasi/context.h"
#include "wasi/guest.h"

namespace wasi {

// strings_calls.cpp
Errno argsGet(Context&, Guest, Address pointers, Address buffer);
Errno argsSizesGet(Context&, Guest, Address count, Address bufferSize);
Errno environGet(Context&, Guest, Address pointers, Address buffer);
Errno environSizesGet(Context&, Guest, Address count, Address bufferSize);

// clock_random_process_calls.cpp
Errno clockResGet(Context&, Guest, uint32_t id, Address resolution);
Errno clockTimeGet(Context&, Guest, uint32_t id, uint64_t precision, Address time);
Errno randomGet(Context&, Guest, Address buffer, uint32_t size);
Errno schedYield(Context&, Guest);

// fd_io_calls.cpp
Errno fdRead(Context&, Guest, uint32_t fd, Address iovecs, uint32_t count, Address read);
Errno fdWrite(Context&, Guest, uint32_t fd, Address iovecs, uint32_t count, Address written);
Errno fdPread(Context&, Guest, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset,
              Address read);
Errno fdPwrite(Context&, Guest, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset,
               Address written);
Errno fdSeek(Context&, Guest, uint32_t fd, uint64_t delta, uint32_t whence, Address position);
Errno fdTell(Context&, Guest, uint32_t fd, Address position);
Errno fdReaddir(Context&, Guest, uint32_t fd, Address buffer, uint32_t size, uint64_t cookie,
                Address used);

// fd_calls.cpp
Errno fdAdvise(Context&, Guest, uint32_t fd, uint64_t offset, uint64_t size, uint32_t advice);
Errno fdAllocate(Context&, Guest, uint32_t fd, uint64_t offset, uint64_t size);
Errno fdClose(Context&, Guest, uint32_t fd);
Errno fdDatasync(Context&, Guest, uint32_t fd);
Errno fdFdstatGet(Context&, Guest, uint32_t fd, Address stat);
Errno fdFdstatSetFlags(Context&, Guest, uint32_t fd, uint32_t flags);
Errno fdFdstatSetRights(Context&, Guest, uint32_t fd, uint64_t base, uint64_t inheriting);
Errno fdFilestatGet(Context&, Guest, uint32_t fd, Address stat);
Errno fdFilestatSetSize(Context&, Guest, uint32_t fd, uint64_t size);
Errno fdFilestatSetTimes(Context&, Guest, uint32_t fd, uint64_t atime, uint64_t mtime,
                         uint32_t flags);
Errno fdPrestatGet(Context&, Guest, uint32_t fd, Address prestat);
Errno fdPrestatDirName(Context&, Guest, uint32_t fd, Address path, uint32_t size);
Errno fdRenumber(Context&, Guest, uint32_t from, uint32_t to);
Errno fdSync(Context&, Guest, uint32_t fd);

// path_calls.cpp
Errno pathCreateDirectory(Context&, Guest, uint32_t fd, Address path, uint32_t size);
Errno pathFilestatGet(Context&, Guest, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat);
Errno pathFilestatSetTimes(Context&, Guest, uint32_t fd, uint32_t lookup, Address path,
                           uint32_t size, uint64_t atime, uint64_t mtime, uint32_t flags);
Errno pathLink(Context&, Guest, uint32_t oldFd, uint32_t lookup, Address oldPath, uint32_t oldSize,
               uint32_t newFd, Address newPath, uint32_t newSize);
Errno pathOpen(Context&, Guest, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
               uint32_t oflags, uint64_t base, uint64_t inheriting, uint32_t fdflags,
               Address opened);
Errno pathReadlink(Context&, Guest, uint32_t fd, Address path, uint32_t size, Address buffer,
                   uint32_t bufferSize, Address used);
Errno pathRemoveDirectory(Context&, Guest, uint32_t fd, Address path, uint32_t size);
Errno pathRename(Context&, Guest, uint32_t oldFd, Address oldPath, uint32_t oldSize, uint32_t newFd,
                 Address newPath, uint32_t newSize);
Errno pathSymlink(Context&, Guest, Address target, uint32_t targetSize, uint32_t fd, Address path,
                  uint32_t size);
Errno pathUnlinkFile(Context&, Guest, uint32_t fd, Address path, uint32_t size);

// poll_calls.cpp
Errno pollOneoff(Context&, Guest, Address subscriptions, Address events, uint32_t count,
                 Address eventCount);

// socket_calls.cpp
Errno sockAccept(Context&, Guest, uint32_t fd, uint32_t flags, Address accepted);
Errno sockRecv(Context&, Guest, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags,
               Address received, Address resultFlags);
Errno sockSend(Context&, Guest, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags,
               Address sent);
Errno sockShutdown(Context&, Guest, uint32_t fd, uint32_t how);

// wasi_unstable, where it differs: same parameters, other numbers and layouts.
namespace unstable {
Errno fdSeek(Context&, Guest, uint32_t fd, uint64_t delta, uint32_t whence, Address position);
Errno fdFilestatGet(Context&, Guest, uint32_t fd, Address stat);
Errno pathFilestatGet(Context&, Guest, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat);
Errno pollOneoff(Context&, Guest, Address subscriptions, Address events, uint32_t count,
                 Address eventCount);
}  // namespace unstable

}  // namespace wasi
