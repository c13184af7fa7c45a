// The functions of WASI preview 1 (wasi_snapshot_preview1.witx), as one host function each:
// path_open is pathOpen(). preview1.def binds them to their names.
//
// Parameters and results are those of the C ABI that wasi-libc declares: i32 or i64 by value,
// arrays as address and count, paths as address and size in bytes without a NUL. The last
// parameters are the addresses of results. The return value is the guest's errno. Numbers are
// written only on Success, and the addresses of results are checked before anything with side
// effects is done. Each function needs the right of its name (rights.def) where there is one.
//
// Every function may fail with these, which are not repeated below:
// - Fault, if an address or array is not inside the guest's memory;
// - Badf, if a descriptor is not open;
// - NotCapable, if the descriptor lacks a right;
// - for paths: those of Guest::readPath() (Inval, Ilseq, NameTooLong) and openBeneath() (Perm for
//   a path that leads out of the directory, NoEnt, NotDir, Loop), NotDir if the descriptor is not
//   a directory, and Rofs if the call changes something beneath a read-only preopen;
// - the errno of the system call.
//
// The runtime calls these functions directly from its thunk, without a dispatcher in between, since
// on some processors returns after a system call are mispredicted (docs/performance.md).
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "wasi/calls/guest.h"
#include "wasi/context.h"

namespace wasi {

using runtime::Caller;

// Returns the context that addToLinker() bound to the function.
inline Context& contextOf(Caller* caller) { return *static_cast<Context*>(caller->env); }
// Returns the memory of the calling instance, without bytes if it exports no memory.
inline Guest guestOf(Caller* caller) { return Guest(runtime::callerMemory(*caller)); }

// The two objects that most calls need.
struct CallContext {
  Context& context;
  Guest guest;
};
inline CallContext callContextOf(Caller* caller) { return {contextOf(caller), guestOf(caller)}; }

// In strings_calls.cpp.

// Writes the arguments: their addresses to the array `pointers`, and their bytes, each with a NUL,
// to `buffer`. The guest gets the sizes of both from argsSizesGet().
Errno argsGet(Caller*, Address pointers, Address buffer);
// Writes the number of arguments and their total size in bytes, including the NULs. Fails with
// Overflow if that exceeds 32 bits.
Errno argsSizesGet(Caller*, Address count, Address bufferSize);
// The same for the environment variables ("NAME=value").
Errno environGet(Caller*, Address pointers, Address buffer);
Errno environSizesGet(Caller*, Address count, Address bufferSize);

// In clock_random_process_calls.cpp. Times are nanoseconds.

// Writes the resolution of a clock (ClockId). Fails with Inval for an undefined clock.
Errno clockResGet(Caller*, uint32_t id, Address resolution);
// Writes the time of a clock. `precision` is the error that the guest tolerates; it is ignored, and
// the result is as precise as the host's clock. Fails with Inval for an undefined clock.
Errno clockTimeGet(Caller*, uint32_t id, uint64_t precision, Address time);
// Fills the buffer with random bytes.
Errno randomGet(Caller*, Address buffer, uint32_t size);
// Yields the thread's processor, sched_yield(2). Never fails.
Errno schedYield(Caller*);

// In fd_io_calls.cpp. Reading and writing fails with Badf for a directory. Arrays of Iovec with
// more than IovecList::kMax buffers that are not empty are cut off, which is a short read or write.

// Reads from or writes to the file position or the stream, and writes the number of bytes moved.
// Blocks if the descriptor is not Nonblock, else fails with Again. Fails with IsDir for a directory
// that is a standard stream, Pipe if no reader is left, Intr if the host interrupts the wait (the
// guest traps then).
Errno fdRead(Caller*, uint32_t fd, Address iovecs, uint32_t count, Address read);
Errno fdWrite(Caller*, uint32_t fd, Address iovecs, uint32_t count, Address written);
// Read or write at a given offset and leave the file position alone. Need FdSeek as well. Fail with
// Spipe if the file has no position, Inval if `offset` exceeds that of the host (63 bits).
Errno fdPread(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset, Address read);
Errno fdPwrite(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset,
               Address written);
// Moves the file position by `delta`, a signed number of bytes, relative to `whence` (Whence), and
// writes the new one. Fails with Spipe if the file has no position, Inval for an undefined `whence`
// or a negative result. Moving by 0 from the present position needs FdTell or FdSeek.
Errno fdSeek(Caller*, uint32_t fd, uint64_t delta, uint32_t whence, Address position);
// Writes the file position. Fails like fdSeek(). Needs FdTell or FdSeek.
Errno fdTell(Caller*, uint32_t fd, Address position);
// Writes the entries of a directory from `cookie` on: a Dirent and the name for each, without gaps
// or alignment. The buffer is filled completely unless the end of the directory is reached, so the
// last entry may be cut off; `used` < `size` is the mark of the end. Cookie 0 is the first entry,
// any number is valid (DirectoryStream::seek()). Names may be invalid as paths (not UTF-8).
Errno fdReaddir(Caller*, uint32_t fd, Address buffer, uint32_t size, uint64_t cookie, Address used);

// In fd_calls.cpp. Offsets and sizes are bytes. Those of 2^63 and more are Inval.

// posix_fadvise(3) with the advice of typename `advice`, 0 to 5. Fails with Inval for another one.
Errno fdAdvise(Caller*, uint32_t fd, uint64_t offset, uint64_t size, uint32_t advice);
// Allocates space for a range, which may extend the file but never shortens it. If the file system
// cannot allocate, only extends the file. Fails with Inval if `size` is 0, Fbig if the end of the
// range is 2^63 or more.
Errno fdAllocate(Caller*, uint32_t fd, uint64_t offset, uint64_t size);
// Closes a descriptor, which may be a standard stream or a preopen. A file that the host lent to
// the guest stays open in the host.
Errno fdClose(Caller*, uint32_t fd);
// fdatasync(2).
Errno fdDatasync(Caller*, uint32_t fd);
// Writes an Fdstat: type, flags and rights of a descriptor.
Errno fdFdstatGet(Caller*, uint32_t fd, Address stat);
// Sets Append and Nonblock to those of `flags`. Fails with Inval if the other flags are not those
// with which the file was opened, NotSup if it would end the appending of a file that the host
// opened.
Errno fdFdstatSetFlags(Caller*, uint32_t fd, uint32_t flags);
// Replaces the rights by subsets of them. Fails with NotCapable if one would be added.
Errno fdFdstatSetRights(Caller*, uint32_t fd, uint64_t base, uint64_t inheriting);
// Writes a Filestat, fstat(2). That of a Stream is all zeros.
Errno fdFilestatGet(Caller*, uint32_t fd, Address stat);
// ftruncate(2): shortens the file, or extends it by zeros.
Errno fdFilestatSetSize(Caller*, uint32_t fd, uint64_t size);
// Sets access and modification time, in nanoseconds since 1970, futimens(3). `flags` are
// fstflag::...; Inval if they are contradictory or undefined.
Errno fdFilestatSetTimes(Caller*, uint32_t fd, uint64_t atime, uint64_t mtime, uint32_t flags);
// Writes a Prestat, the length of the path of a preopen. Fails with Badf for every descriptor that
// is not a preopen.
Errno fdPrestatGet(Caller*, uint32_t fd, Address prestat);
// Writes the guest's path of a preopen, without a NUL. Fails with NameTooLong if the buffer of
// `size` bytes is too short, Badf like fdPrestatGet().
Errno fdPrestatDirName(Caller*, uint32_t fd, Address path, uint32_t size);
// Moves a descriptor to another number, whose descriptor is closed (FdTable::renumber()).
Errno fdRenumber(Caller*, uint32_t from, uint32_t to);
// fsync(2).
Errno fdSync(Caller*, uint32_t fd);

// In path_calls.cpp, except pathOpen(). `fd` is the directory that a path is relative to and may
// not leave. `lookup` are lookupflag::...: whether a link as the last component is followed. Calls
// without it do not follow it. A slash at the end of a path requires a directory.

// mkdirat(2) with mode 0777, less the umask.
Errno pathCreateDirectory(Caller*, uint32_t fd, Address path, uint32_t size);
// Writes a Filestat, fstatat(2).
Errno pathFilestatGet(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat);
// Sets times like fdFilestatSetTimes(), utimensat(2).
Errno pathFilestatSetTimes(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                           uint64_t atime, uint64_t mtime, uint32_t flags);
// Creates a hard link `newPath` to the file `oldPath`, linkat(2). Needs PathLinkSource and
// PathLinkTarget of the two directories, neither of which may be read-only. Fails with Perm if the
// file is a directory.
Errno pathLink(Caller*, uint32_t oldFd, uint32_t lookup, Address oldPath, uint32_t oldSize,
               uint32_t newFd, Address newPath, uint32_t newSize);
// Opens or creates a file and writes its new descriptor, openat(2). In path_open.cpp. `oflags` are
// oflag::..., `fdflags` fdflag::... The rights of the new descriptor are those of `base` that its
// type permits; that `base` includes FdRead and FdWrite decides the access mode. Needs
// PathCreateFile for Creat, PathFilestatSetSize for Trunc, and `base` and `inheriting` among the
// inheriting rights of `fd`. Opening a pipe for writing waits for a reader, unless Nonblock is set.
// Fails with
// - Inval for undefined flags or Creat with Directory;
// - Mfile if the guest has too many open descriptors;
// - Rofs for writing, creating or truncating beneath a read-only preopen;
// - Nxio for a pipe without a reader, if Nonblock is set;
// - Intr if the host interrupts the wait (the guest traps then);
// - Exist, IsDir, NotDir or Loop as openat(2) with O_EXCL, O_DIRECTORY and O_NOFOLLOW.
Errno pathOpen(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size, uint32_t oflags,
               uint64_t base, uint64_t inheriting, uint32_t fdflags, Address opened);
// Writes the target of a link, without a NUL and cut off at `bufferSize` bytes, and the number of
// bytes written, readlinkat(2). Fails with Inval if the file is not a link.
Errno pathReadlink(Caller*, uint32_t fd, Address path, uint32_t size, Address buffer,
                   uint32_t bufferSize, Address used);
// Removes an empty directory, unlinkat(2) with AT_REMOVEDIR.
Errno pathRemoveDirectory(Caller*, uint32_t fd, Address path, uint32_t size);
// renameat(2). Needs PathRenameSource and PathRenameTarget of the two directories.
Errno pathRename(Caller*, uint32_t oldFd, Address oldPath, uint32_t oldSize, uint32_t newFd,
                 Address newPath, uint32_t newSize);
// Creates a link at `path` with the text `target`, symlinkat(2). Fails with Perm if the target is
// absolute. A relative one may lead out of the directory; paths do not follow it there.
Errno pathSymlink(Caller*, Address target, uint32_t targetSize, uint32_t fd, Address path,
                  uint32_t size);
// Removes a name that is not a directory, unlinkat(2). Fails with IsDir for a directory.
Errno pathUnlinkFile(Caller*, uint32_t fd, Address path, uint32_t size);

// In poll_calls.cpp.

// Waits until at least one of `count` subscriptions has an event. Writes the events in the order of
// their subscriptions, and their number. A bad descriptor (Badf, NotCapable) or clock (Inval,
// NotSup) is reported by the event of its subscription. The call itself fails with Inval if there
// are no subscriptions or one has an undefined type, Intr if the host interrupts the wait (the
// guest traps then). The arrays may overlap; Inval if more than 65536 subscriptions had to be
// copied for that.
Errno pollOneoff(Caller*, Address subscriptions, Address events, uint32_t count,
                 Address eventCount);

// In socket_calls.cpp. All fail with NotSock if `fd` is not a socket.

// Accepts a connection and writes its descriptor, accept4(2). `flags` may be fdflag::Nonblock,
// which concerns the new descriptor; others are Inval. Waits for a connection unless `fd` is
// Nonblock (then Again). Fails with Mfile if the guest has too many open descriptors.
Errno sockAccept(Caller*, uint32_t fd, uint32_t flags, Address accepted);
// Receives bytes and writes their number, and roflag::Truncated if a datagram was cut off,
// recvmsg(2). `flags` are riflag::...; Inval if undefined. Needs FdRead. Waits unless `fd` is
// Nonblock.
Errno sockRecv(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags,
               Address received, Address resultFlags);
// Sends bytes and writes their number, sendmsg(2). Needs FdWrite. Fails with Inval if `flags` is
// not 0, Pipe if the peer has closed the connection; the host gets no SIGPIPE.
Errno sockSend(Caller*, uint32_t fd, Address iovecs, uint32_t count, uint32_t flags, Address sent);
// Closes one or both halves of a connection, shutdown(2). `how` are sdflag::...; Inval if none or
// undefined.
Errno sockShutdown(Caller*, uint32_t fd, uint32_t how);

// The functions of wasi_unstable that differ from preview 1: they have the same parameters, but
// other numbers (Whence) or layouts of structures (wire.h).
namespace unstable {
Errno fdSeek(Caller*, uint32_t fd, uint64_t delta, uint32_t whence, Address position);
Errno fdFilestatGet(Caller*, uint32_t fd, Address stat);
Errno pathFilestatGet(Caller*, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat);
Errno pollOneoff(Caller*, Address subscriptions, Address events, uint32_t count,
                 Address eventCount);
}  // namespace unstable

}  // namespace wasi
