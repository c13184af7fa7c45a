#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "wasi/calls/calls.h"
#include "wasi/fs/filestat.h"

namespace wasi {
namespace {

bool follows(uint32_t lookup) { return (lookup & lookupflag::SymlinkFollow) != 0; }

// The status of what `path` names: by one system call where that is a name in the directory itself
// and no link, else by opening it.
Expected<Filestat, Errno> filestatAt(Context& context, Guest guest, uint32_t fd, uint32_t lookup,
                                     Address path, uint32_t size) {
  TRY_ASSIGN(Descriptor * directory, context.files().getDirectory(fd, right::PathFilestatGet));
  PathText text;
  TRY(guest.readPath(path, size, text));
  struct stat status;
  if (isPlainName(text.view())) {
    TRY(checkSystemCall(::fstatat(directory->fd(), text.c_str(), &status, AT_SYMLINK_NOFOLLOW)));
    if (!S_ISLNK(status.st_mode) || !follows(lookup)) {
      return toFilestat(status, filetypeOfMode(status.st_mode));
    }
  }
  int flags = O_PATH | (follows(lookup) ? 0 : O_NOFOLLOW);
  TRY_ASSIGN(HostFd found, openBeneath(context.beneath(*directory), text.view(), flags));
  TRY(checkSystemCall(::fstat(found.get(), &status)));
  return toFilestat(status, filetypeOfMode(status.st_mode));
}

// Of a file held by O_PATH, which futimens does not take.
Errno setTimes(int pathFd, const HostTimes& times) {
  if (::utimensat(pathFd, "", times.times, AT_EMPTY_PATH) == 0) return Errno::Success;
  if (errno != EINVAL) return lastError();
  // Linux before 5.8 knows no AT_EMPTY_PATH here.
  std::string self = "/proc/self/fd/" + std::to_string(pathFd);
  return checkSystemCall(::utimensat(AT_FDCWD, self.c_str(), times.times, 0));
}

// For the calls that act on one name in a directory.
struct NamedEntry {
  PathText path;
  Place place;
};

Errno findEntry(Context& context, Guest guest, uint32_t fd, Rights rights, Address path,
                uint32_t size, NamedEntry& out) {
  TRY_ASSIGN(Descriptor * directory, context.files().getWritableDirectory(fd, rights));
  TRY(guest.readPath(path, size, out.path));
  TRY_ASSIGN(out.place, locate(context.beneath(*directory), out.path.view()));
  return Errno::Success;
}

// A link's old name that ends in a slash has to be a directory, and those have no second names.
Errno refuseSlash(Beneath root, std::string_view path) {
  TRY_ASSIGN(HostFd directory, openBeneath(root, path, O_PATH | O_DIRECTORY));
  return Errno::Perm;
}

}  // namespace

Errno pathCreateDirectory(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = partiesOf(caller);
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathCreateDirectory, path, size, entry));
  return checkSystemCall(::mkdirat(entry.place.directory(), entry.place.name(), 0777));
}

Errno pathRemoveDirectory(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = partiesOf(caller);
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathRemoveDirectory, path, size, entry));
  return checkSystemCall(::unlinkat(entry.place.directory(), entry.place.name(), AT_REMOVEDIR));
}

Errno pathUnlinkFile(Caller* caller, uint32_t fd, Address path, uint32_t size) {
  auto [context, guest] = partiesOf(caller);
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathUnlinkFile, path, size, entry));
  return checkSystemCall(::unlinkat(entry.place.directory(), entry.place.name(), 0));
}

Errno pathFilestatGet(Caller* caller, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
                      Address stat) {
  auto [context, guest] = partiesOf(caller);
  TRY_ASSIGN(Filestat result, filestatAt(context, guest, fd, lookup, path, size));
  return guest.write(stat, result);
}

Errno unstable::pathFilestatGet(Caller* caller, uint32_t fd, uint32_t lookup, Address path,
                                uint32_t size, Address stat) {
  auto [context, guest] = partiesOf(caller);
  TRY_ASSIGN(wasi::Filestat result, filestatAt(context, guest, fd, lookup, path, size));
  return guest.write(stat, toUnstable(result));
}

Errno pathFilestatSetTimes(Caller* caller, uint32_t fd, uint32_t lookup, Address path,
                           uint32_t size, uint64_t atime, uint64_t mtime, uint32_t flags) {
  auto [context, guest] = partiesOf(caller);
  TRY_ASSIGN(Descriptor * directory,
             context.files().getWritableDirectory(fd, right::PathFilestatSetTimes));
  TRY_ASSIGN(HostTimes times, toHostTimes(atime, mtime, flags));
  PathText text;
  TRY(guest.readPath(path, size, text));
  int openFlags = O_PATH | (follows(lookup) ? 0 : O_NOFOLLOW);
  TRY_ASSIGN(HostFd found, openBeneath(context.beneath(*directory), text.view(), openFlags));
  return setTimes(found.get(), times);
}

Errno pathLink(Caller* caller, uint32_t oldFd, uint32_t lookup, Address oldPath, uint32_t oldSize,
               uint32_t newFd, Address newPath, uint32_t newSize) {
  auto [context, guest] = partiesOf(caller);
  // The source must be writable too: the new name may be a way to write to it.
  TRY_ASSIGN(Descriptor * oldDirectory,
             context.files().getWritableDirectory(oldFd, right::PathLinkSource));
  PathText oldText;
  TRY(guest.readPath(oldPath, oldSize, oldText));
  NamedEntry entry;
  TRY(findEntry(context, guest, newFd, right::PathLinkTarget, newPath, newSize, entry));
  Beneath oldRoot = context.beneath(*oldDirectory);
  TRY_ASSIGN(Place old, follows(lookup) ? locateTarget(oldRoot, oldText.view())
                                        : locate(oldRoot, oldText.view()));
  if (old.trailingSlash()) return refuseSlash(oldRoot, oldText.view());
  return checkSystemCall(
      ::linkat(old.directory(), old.name(), entry.place.directory(), entry.place.name(), 0));
}

Errno pathReadlink(Caller* caller, uint32_t fd, Address path, uint32_t size, Address buffer,
                   uint32_t bufferSize, Address used) {
  auto [context, guest] = partiesOf(caller);
  TRY_ASSIGN(Descriptor * directory, context.files().getDirectory(fd, right::PathReadlink));
  PathText text;
  TRY(guest.readPath(path, size, text));
  TRY(guest.checkOut<uint32_t>(used));
  uint8_t* to = guest.bytes(buffer, bufferSize);
  if (to == nullptr) return Errno::Fault;
  Beneath root = context.beneath(*directory);
  TRY_ASSIGN(Place place, locate(root, text.view()));
  if (place.trailingSlash()) {
    TRY_ASSIGN(HostFd notLink, openBeneath(root, text.view(), O_PATH | O_DIRECTORY));
    return Errno::Inval;
  }
  // Linux refuses an empty buffer; here it is a link of which nothing is wanted.
  char nothing;
  char* into = bufferSize > 0 ? reinterpret_cast<char*>(to) : &nothing;
  ssize_t length =
      ::readlinkat(place.directory(), place.name(), into, bufferSize > 0 ? bufferSize : 1);
  if (length < 0) return lastError();
  return guest.write(used, bufferSize > 0 ? static_cast<uint32_t>(length) : 0);
}

Errno pathRename(Caller* caller, uint32_t oldFd, Address oldPath, uint32_t oldSize, uint32_t newFd,
                 Address newPath, uint32_t newSize) {
  auto [context, guest] = partiesOf(caller);
  NamedEntry from;
  TRY(findEntry(context, guest, oldFd, right::PathRenameSource, oldPath, oldSize, from));
  NamedEntry to;
  TRY(findEntry(context, guest, newFd, right::PathRenameTarget, newPath, newSize, to));
  return checkSystemCall(
      ::renameat(from.place.directory(), from.place.name(), to.place.directory(), to.place.name()));
}

Errno pathSymlink(Caller* caller, Address target, uint32_t targetSize, uint32_t fd, Address path,
                  uint32_t size) {
  auto [context, guest] = partiesOf(caller);
  PathText text;
  TRY(guest.readPath(target, targetSize, text));
  NamedEntry entry;
  TRY(findEntry(context, guest, fd, right::PathSymlink, path, size, entry));
  // No guest could follow it, and a program of the host that does would be led astray.
  if (text.view().substr(0, 1) == "/") return Errno::Perm;
  return checkSystemCall(::symlinkat(text.c_str(), entry.place.directory(), entry.place.name()));
}

}  // namespace wasi
