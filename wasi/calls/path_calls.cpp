#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "wasi/calls/calls.h"
#include "wasi/fs/filestat.h"

namespace wasi {
namespace {

bool follows(uint32_t lookup) { return (lookup & lookupflag::SymlinkFollow) != 0; }

// The common part of path_filestat_get of both versions. A path of a single component needs one
// system call, because fstatat with AT_SYMLINK_NOFOLLOW cannot leave the directory. For other paths
// and for links it could, so the file is opened in the sandbox and its status is that of the
// handle.
Expected<Filestat, Errno> filestatAt(Context& context, Guest guest, uint32_t fd, uint32_t lookup,
                                     Address path, uint32_t size) {
  TRY_ASSIGN(OpenFile directory, context.files().getDirectory(fd, right::PathFilestatGet));
  PathText text;
  TRY(guest.readPath(path, size, text));
  struct stat status;
  if (isPlainName(text.view())) {
    TRY(checkSystemCall(::fstatat(directory->fd(), text.c_str(), &status, AT_SYMLINK_NOFOLLOW)));
    // The kernel must not follow the link, so it is resolved below.
    if (!S_ISLNK(status.st_mode) || !follows(lookup)) {
      return toFilestat(status, filetypeOfMode(status.st_mode));
    }
  }
  // O_PATH needs no permission to read the file, as stat(2) does not.
  int flags = O_PATH | (follows(lookup) ? 0 : O_NOFOLLOW);
  TRY_ASSIGN(HostFd found, openBeneath(context.beneath(*directory), text.view(), flags));
  TRY(checkSystemCall(::fstat(found.get(), &status)));
  return toFilestat(status, filetypeOfMode(status.st_mode));
}

// Sets the times of a file that is open with O_PATH, for which futimens(3) fails with EBADF.
Errno setTimes(int pathFd, const HostTimes& times) {
  if (::utimensat(pathFd, "", times.times, AT_EMPTY_PATH) == 0) return Errno::Success;
  if (errno != EINVAL) return lastError();
  // Linux before 5.8 does not support AT_EMPTY_PATH here. This link of /proc leads to the open file
  // itself, not to its name, so a rename does not matter.
  std::string self = "/proc/self/fd/" + std::to_string(pathFd);
  return checkSystemCall(::utimensat(AT_FDCWD, self.c_str(), times.times, 0));
}

// The path and the place of a call that changes a directory entry. Allocates nothing.
struct NamedEntry {
  OpenFile root;  // stays open as long as the place
  PathText path;
  Place place;
};

// Resolves the path of such a call. `fd` must be a directory with `rights` that is not read-only.
// The caller passes the place to one system call, which acts on the entry that has the name at that
// time.
Errno findEntry(Context& context, Guest guest, uint32_t fd, Rights rights, Address path,
                uint32_t size, NamedEntry& out) {
  TRY_ASSIGN(out.root, context.files().getWritableDirectory(fd, rights));
  TRY(guest.readPath(path, size, out.path));
  TRY_ASSIGN(out.place, locate(context.beneath(*out.root), out.path.view()));
  return Errno::Success;
}

// Returns the error of path_link for an old path that ends with a slash. It must name a directory,
// else NotDir, and hard links to directories are not permitted. linkat(2) is not called, because it
// would follow a link before the slash, out of the sandbox.
Errno refuseSlash(Beneath root, std::string_view path) {
  TRY_ASSIGN(HostFd directory, openBeneath(root, path, O_PATH | O_DIRECTORY));
  return Errno::Perm;
}

}  // namespace

Errno pathCreateDirectory(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = callContextOf(caller);
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathCreateDirectory, path, size, entry));
  return checkSystemCall(::mkdirat(entry.place.directory(), entry.place.name(), 0777));
}

Errno pathRemoveDirectory(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = callContextOf(caller);
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathRemoveDirectory, path, size, entry));
  return checkSystemCall(::unlinkat(entry.place.directory(), entry.place.name(), AT_REMOVEDIR));
}

Errno pathUnlinkFile(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = callContextOf(caller);
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathUnlinkFile, path, size, entry));
  return checkSystemCall(::unlinkat(entry.place.directory(), entry.place.name(), 0));
}

Errno pathFilestatGet(Caller* caller, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(Filestat result, filestatAt(context, guest, fd, lookup, path, size));
  return guest.write(stat, result);
}

Errno unstable::pathFilestatGet(Caller* caller, uint32_t fd, uint32_t lookup, Address path,
                                uint32_t size, Address stat) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(wasi::Filestat result, filestatAt(context, guest, fd, lookup, path, size));
  return guest.write(stat, toUnstable(result));
}

Errno pathFilestatSetTimes(Caller* caller, uint32_t fd, uint32_t lookup, Address path,
                           uint32_t size, uint64_t atime, uint64_t mtime, uint32_t flags) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile directory,
             context.files().getWritableDirectory(fd, right::PathFilestatSetTimes));
  TRY_ASSIGN(HostTimes times, toHostTimes(atime, mtime, flags));
  PathText text;
  TRY(guest.readPath(path, size, text));
  // The file is opened and changed by its handle. utimensat(2) with a path would follow links.
  int openFlags = O_PATH | (follows(lookup) ? 0 : O_NOFOLLOW);
  TRY_ASSIGN(HostFd found, openBeneath(context.beneath(*directory), text.view(), openFlags));
  return setTimes(found.get(), times);
}

Errno pathLink(Caller* caller, uint32_t oldFd, uint32_t lookup, Address oldPath, uint32_t oldSize,
               uint32_t newFd, Address newPath, uint32_t newSize) {
  auto [context, guest] = callContextOf(caller);
  // The source must be writable, too. Else a link from a read-only preopen into a writable one
  // would be a way to write to the file.
  TRY_ASSIGN(OpenFile oldDirectory,
             context.files().getWritableDirectory(oldFd, right::PathLinkSource));
  PathText oldText;
  TRY(guest.readPath(oldPath, oldSize, oldText));
  NamedEntry entry;
  TRY(findEntry(context, guest, newFd, right::PathLinkTarget, newPath, newSize, entry));
  Beneath oldRoot = context.beneath(*oldDirectory);
  // To follow a link, its target is resolved in the sandbox. AT_SYMLINK_FOLLOW would follow it
  // anywhere; without it, linkat(2) makes a link to a symbolic link that appears in the meantime.
  TRY_ASSIGN(Place old, follows(lookup) ? locateTarget(oldRoot, oldText.view())
                                        : locate(oldRoot, oldText.view()));
  if (old.trailingSlash()) return refuseSlash(oldRoot, oldText.view());
  return checkSystemCall(
      ::linkat(old.directory(), old.name(), entry.place.directory(), entry.place.name(), 0));
}

Errno pathReadlink(Caller* caller, uint32_t fd, Address path, uint32_t size, Address buffer,
                   uint32_t bufferSize, Address used) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile directory, context.files().getDirectory(fd, right::PathReadlink));
  PathText text;
  TRY(guest.readPath(path, size, text));
  TRY(guest.checkOut<uint32_t>(used));
  uint8_t* to = guest.bytes(buffer, bufferSize);
  if (to == nullptr) return Errno::Fault;
  Beneath root = context.beneath(*directory);
  TRY_ASSIGN(Place place, locate(root, text.view()));
  if (place.trailingSlash()) {
    // readlinkat(2) would follow the link before the slash and look at its target, which may lie
    // outside. A path with a slash names a directory, so the result is Inval, or NotDir if it does
    // not.
    TRY_ASSIGN(HostFd notLink, openBeneath(root, text.view(), O_PATH | O_DIRECTORY));
    return Errno::Inval;
  }
  // Linux fails with EINVAL for an empty buffer. This call returns 0 bytes of the link instead, so
  // it reads one byte and drops it.
  char nothing;
  char* into = bufferSize > 0 ? reinterpret_cast<char*>(to) : &nothing;
  ssize_t length =
      ::readlinkat(place.directory(), place.name(), into, bufferSize > 0 ? bufferSize : 1);
  if (length < 0) return lastError();
  return guest.write(used, bufferSize > 0 ? static_cast<uint32_t>(length) : 0);
}

Errno pathRename(Caller* caller, uint32_t oldFd, Address oldPath, uint32_t oldSize, uint32_t newFd,
                 Address newPath, uint32_t newSize) {
  auto [context, guest] = callContextOf(caller);
  // Either both directories are writable, or nothing is moved: a file must neither appear in nor
  // disappear from a read-only one.
  NamedEntry from;
  TRY(findEntry(context, guest, oldFd, right::PathRenameSource, oldPath, oldSize, from));
  NamedEntry to;
  TRY(findEntry(context, guest, newFd, right::PathRenameTarget, newPath, newSize, to));
  return checkSystemCall(
      ::renameat(from.place.directory(), from.place.name(), to.place.directory(), to.place.name()));
}

Errno pathSymlink(Caller* caller, Address target, uint32_t targetSize, uint32_t fd, Address path,
                  uint32_t size) {
  auto [context, guest] = callContextOf(caller);
  PathText text;
  TRY(guest.readPath(target, targetSize, text));
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathSymlink, path, size, entry));
  // No guest can follow an absolute link. A program of the host that works in the directory would
  // follow it to a file that the guest chooses.
  if (text.view().substr(0, 1) == "/") return Errno::Perm;
  return checkSystemCall(::symlinkat(text.c_str(), entry.place.directory(), entry.place.name()));
}

}  // namespace wasi
