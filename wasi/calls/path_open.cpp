#include <fcntl.h>
#include <sys/stat.h>

#include "wasi/calls/calls.h"
#include "wasi/calls/file_io.h"
#include "wasi/types/fdflags.h"

namespace wasi {
namespace {

// path_open's wish, with the guest's flags.
struct OpenRequest {
  uint32_t oflags;
  uint32_t fdflags;
  Rights base;
  Rights inheriting;
  bool follow;

  bool has(uint32_t oflag) const { return (oflags & oflag) != 0; }
  bool writes() const { return (base & right::FdWrite) != 0; }
};

// Contents are read and written as the rights say; a file opened without either (for its status,
// say) is opened for reading.
int accessMode(const OpenRequest& request) {
  if (!request.writes()) return O_RDONLY;
  return (request.base & right::FdRead) != 0 ? O_RDWR : O_WRONLY;
}

int hostFlags(const OpenRequest& request) {
  // Whatever is opened does not wait; for the guest we do, where it wants that.
  int flags = accessMode(request) | toHostFlags(request.fdflags) | O_NOCTTY | O_NONBLOCK;
  if (request.has(oflag::Creat)) flags |= O_CREAT;
  if (request.has(oflag::Directory)) flags |= O_DIRECTORY;
  if (request.has(oflag::Excl)) flags |= O_EXCL;
  if (request.has(oflag::Trunc)) flags |= O_TRUNC;
  if (!request.follow) flags |= O_NOFOLLOW;
  return flags;
}

Rights neededRights(const OpenRequest& request) {
  Rights needed = right::PathOpen;
  if (request.has(oflag::Creat)) needed |= right::PathCreateFile;
  if (request.has(oflag::Trunc)) needed |= right::PathFilestatSetSize;
  return needed;
}

// Opens beneath a read-only directory, and says what a file system mounted read-only says: Rofs to
// whoever would change something, but first whether the file is there.
Expected<HostFd, Errno> openReadOnly(Beneath root, std::string_view path,
                                     const OpenRequest& request) {
  OpenRequest harmless = request;
  harmless.oflags &= ~(oflag::Creat | oflag::Excl | oflag::Trunc);
  bool changes = request.writes() || request.has(oflag::Trunc);
  int flags = hostFlags(harmless);
  // Only a look, which neither waits for a pipe nor wakes a device.
  if (changes || request.has(oflag::Excl)) flags = O_PATH | (flags & (O_DIRECTORY | O_NOFOLLOW));
  auto found = openBeneath(root, path, flags);
  if (!found.ok()) {
    bool creates = found.error() == Errno::NoEnt && request.has(oflag::Creat);
    return creates ? Errno::Rofs : found.error();
  }
  if (request.has(oflag::Creat) && request.has(oflag::Excl)) return Errno::Exist;
  if (!changes) return openBeneath(root, path, hostFlags(harmless));
  TRY_ASSIGN(Filetype type, filetypeOf(found.value().get()));
  return type == Filetype::Directory ? Errno::IsDir : Errno::Rofs;
}

Expected<HostFd, Errno> openHost(Context& context, const Descriptor& directory,
                                 std::string_view path, const OpenRequest& request) {
  Beneath root = context.beneath(directory);
  if (directory.readOnly) return openReadOnly(root, path, request);
  mode_t mode = request.has(oflag::Creat) ? 0666 : 0;
  return openBeneath(root, path, hostFlags(request), mode);
}

// A pipe that has no reader yet. Opening it for writing waits for one.
bool isUnreadPipe(Beneath root, std::string_view path, const OpenRequest& request) {
  if (!request.writes() || (request.base & right::FdRead) != 0) return false;
  auto found = openBeneath(root, path, O_PATH | (request.follow ? 0 : O_NOFOLLOW));
  struct stat status;
  return found.ok() && ::fstat(found.value().get(), &status) == 0 && S_ISFIFO(status.st_mode);
}

// As openHost(). Linux has no way to wait for a pipe's reader but by opening it.
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

Descriptor describe(HostFd host, const Descriptor& directory, const OpenRequest& request) {
  Descriptor result;
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
  auto [context, guest] = partiesOf(caller);
  OpenRequest request{oflags, fdflags, base, inheriting, (lookup & lookupflag::SymlinkFollow) != 0};
  if ((oflags & ~oflag::All) != 0 || (fdflags & ~fdflag::All) != 0) return Errno::Inval;
  if (request.has(oflag::Creat) && request.has(oflag::Directory)) return Errno::Inval;
  TRY_ASSIGN(Descriptor * directory, context.files().getDirectory(fd, 0));
  // On a read-only directory the rights to change are missing, but Rofs says it better.
  Rights held = directory->readOnly ? directory->rights | kDirectoryWriteRights : directory->rights;
  if ((neededRights(request) & ~held) != 0) return Errno::NotCapable;
  if (((base | inheriting) & kAllRights & ~directory->inheriting) != 0) return Errno::NotCapable;
  PathText text;
  TRY(guest.readPath(path, size, text));
  TRY(guest.checkOut<uint32_t>(opened));
  if (!context.files().hasRoom()) return Errno::Mfile;
  TRY_ASSIGN(HostFd host, openWaiting(caller, *directory, text.view(), request));
  TRY_ASSIGN(uint32_t number,
             context.files().insert(describe(std::move(host), *directory, request)));
  return guest.write(opened, number);
}

}  // namespace wasi
