#include <fcntl.h>
#include <sys/stat.h>

#include "wasi/calls/calls.h"
#include "wasi/calls/file_io.h"
#include "wasi/types/fdflags.h"

namespace wasi {
namespace {

// The parameters of path_open, with the flags of WASI. `follow` is lookupflag::SymlinkFollow.
struct OpenRequest {
  uint32_t oflags;
  uint32_t fdflags;
  Rights base;
  Rights inheriting;
  bool follow;

  bool has(uint32_t oflag) const { return (oflags & oflag) != 0; }
  bool writes() const { return (base & right::FdWrite) != 0; }
};

// Returns the access mode that the requested rights need. Without FdRead and FdWrite, that is
// O_RDONLY, because Linux has no mode without access except O_PATH, which excludes fsync and
// others.
int accessMode(const OpenRequest& request) {
  if (!request.writes()) return O_RDONLY;
  return (request.base & right::FdRead) != 0 ? O_RDWR : O_WRONLY;
}

int hostFlags(const OpenRequest& request) {
  // O_NONBLOCK always, so that open(2) does not wait; file_io.h emulates blocking. O_NOCTTY keeps a
  // terminal in the sandbox from becoming the controlling terminal of the host.
  int flags = accessMode(request) | toHostFlags(request.fdflags) | O_NOCTTY | O_NONBLOCK;
  if (request.has(oflag::Creat)) flags |= O_CREAT;
  if (request.has(oflag::Directory)) flags |= O_DIRECTORY;
  if (request.has(oflag::Excl)) flags |= O_EXCL;
  if (request.has(oflag::Trunc)) flags |= O_TRUNC;
  if (!request.follow) flags |= O_NOFOLLOW;
  return flags;
}

// Returns the rights of the directory that the request needs, without those that the new descriptor
// inherits.
Rights neededRights(const OpenRequest& request) {
  Rights needed = right::PathOpen;
  if (request.has(oflag::Creat)) needed |= right::PathCreateFile;
  if (request.has(oflag::Trunc)) needed |= right::PathFilestatSetSize;
  return needed;
}

// Opens a file beneath a read-only preopen. The errors are those of a file system that is mounted
// read-only: Rofs for a request that would change something, unless it fails for another reason
// first, such as NoEnt, Exist or IsDir.
Expected<HostFd, Errno> openReadOnly(Beneath root, std::string_view path,
                                     const OpenRequest& request) {
  // No system call in this function may create or truncate. O_CREAT is dropped even if the file
  // seems to exist, since it may be removed before it is opened.
  OpenRequest harmless = request;
  harmless.oflags &= ~(oflag::Creat | oflag::Excl | oflag::Trunc);
  bool changes = request.writes() || request.has(oflag::Trunc);
  int flags = hostFlags(harmless);
  // Only a test for existence if the request may fail: O_PATH has no effect on pipes and devices.
  // No other flags may be combined with it.
  if (changes || request.has(oflag::Excl)) flags = O_PATH | (flags & (O_DIRECTORY | O_NOFOLLOW));
  auto found = openBeneath(root, path, flags);
  if (!found.ok()) {
    bool creates = found.error() == Errno::NoEnt && request.has(oflag::Creat);
    return creates ? Errno::Rofs : found.error();
  }
  if (request.has(oflag::Creat) && request.has(oflag::Excl)) return Errno::Exist;
  if (!changes) return openBeneath(root, path, hostFlags(harmless));
  // open(2) reports that a directory cannot be written before it looks at the file system.
  TRY_ASSIGN(Filetype type, filetypeOf(found.value().get()));
  return type == Filetype::Directory ? Errno::IsDir : Errno::Rofs;
}

// Opens the file, without waiting for the reader of a pipe.
Expected<HostFd, Errno> openHost(Context& context, const Descriptor& directory,
                                 std::string_view path, const OpenRequest& request) {
  Beneath root = context.beneath(directory);
  if (directory.readOnly) return openReadOnly(root, path, request);
  // openat2 refuses a mode without O_CREAT. WASI has no permissions, so the umask decides.
  mode_t mode = request.has(oflag::Creat) ? 0666 : 0;
  return openBeneath(root, path, hostFlags(request), mode);
}

// Returns whether the request, which has failed with Nxio, is for a pipe that has no reader yet.
// Other files can fail with ENXIO, too: a socket, or a device without a driver.
bool isUnreadPipe(Beneath root, std::string_view path, const OpenRequest& request) {
  // Opening for both reading and writing does not wait.
  if (!request.writes() || (request.base & right::FdRead) != 0) return false;
  auto found = openBeneath(root, path, O_PATH | (request.follow ? 0 : O_NOFOLLOW));
  struct stat status;
  return found.ok() && ::fstat(found.value().get(), &status) == 0 && S_ISFIFO(status.st_mode);
}

// Opens the file. If it is a pipe without a reader and the request is not Nonblock, waits for the
// reader, as POSIX requires of open(2). Retries periodically, since Linux reports a reader only by
// ending a blocking open(2), for which the file would have to be opened without O_NONBLOCK.
Expected<HostFd, Errno> openWaiting(Caller* caller, const Descriptor& directory,
                                    std::string_view path, const OpenRequest& request) {
  Context& context = contextOf(caller);
  for (;;) {
    auto opened = openHost(context, directory, path, request);
    if (opened.ok() || opened.error() != Errno::Nxio || (request.fdflags & fdflag::Nonblock) != 0 ||
        !isUnreadPipe(context.beneath(directory), path, request)) {
      return opened;
    }
    TRY(waitBriefly(caller));
  }
}

// Returns the descriptor for an open file. The type is determined at the first use, except that of
// a directory, which O_DIRECTORY has checked.
Descriptor describe(HostFd host, const Descriptor& directory, const OpenRequest& request) {
  Descriptor result;
  // Restrictions are inherited, so that no sequence of path_open regains rights or leaves a
  // read-only preopen.
  result.rights = restrictRights(request.base, directory.readOnly);
  result.inheriting = request.inheriting & directory.inheriting;
  result.readOnly = directory.readOnly;
  result.flags = static_cast<uint16_t>(request.fdflags);
  result.host = std::move(host);
  result.isSettled = request.has(oflag::Directory);
  if (result.isSettled) {
    result.type = Filetype::Directory;
    result.rights &= kDirectoryRights;
  }
  return result;
}

}  // namespace

Errno pathOpen(Caller* caller, uint32_t fd, uint32_t lookup, Address path, uint32_t size,
               uint32_t oflags, uint64_t base, uint64_t inheriting, uint32_t fdflags,
               Address opened) {
  auto [context, guest] = callContextOf(caller);
  OpenRequest request{oflags, fdflags, base, inheriting, (lookup & lookupflag::SymlinkFollow) != 0};
  if ((oflags & ~oflag::All) != 0 || (fdflags & ~fdflag::All) != 0) return Errno::Inval;
  // Linux has treated this combination in different ways; newer versions fail with EINVAL, too.
  if (request.has(oflag::Creat) && request.has(oflag::Directory)) return Errno::Inval;
  TRY_ASSIGN(OpenFile directory, context.files().getDirectory(fd, 0));
  // A read-only preopen lacks the rights to create and truncate. They are added for this check, so
  // that openReadOnly() fails with Rofs, which programs expect, and not this with NotCapable.
  Rights held = directory->rights;
  if (directory->readOnly) held |= kDirectoryWriteRights;
  if ((neededRights(request) & ~held) != 0) return Errno::NotCapable;
  // Undefined bits are ignored, since some programs request all rights by setting all bits.
  if (((base | inheriting) & kAllRights & ~directory->inheriting) != 0) return Errno::NotCapable;
  PathText text;
  TRY(guest.readPath(path, size, text));
  // Both are checked before the file is opened: a created or truncated file cannot be undone.
  TRY(guest.checkOut<uint32_t>(opened));
  if (!context.files().hasRoom()) return Errno::Mfile;
  TRY_ASSIGN(HostFd host, openWaiting(caller, *directory, text.view(), request));
  TRY_ASSIGN(uint32_t number,
             context.files().insert(describe(std::move(host), *directory, request)));
  return guest.write(opened, number);
}

}  // namespace wasi
