#include "wasi/fs/descriptor.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace wasi {

Filetype filetypeOfMode(uint32_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return Filetype::RegularFile;
    case S_IFDIR:
      return Filetype::Directory;
    case S_IFLNK:
      return Filetype::SymbolicLink;
    case S_IFCHR:
      return Filetype::CharacterDevice;
    case S_IFBLK:
      return Filetype::BlockDevice;
    case S_IFSOCK:
      return Filetype::SocketStream;
    default:
      return Filetype::Unknown;
  }
}

Expected<Filetype, Errno> filetypeOf(int fd) {
  struct stat status;
  TRY(checkSystemCall(::fstat(fd, &status)));
  Filetype type = filetypeOfMode(status.st_mode);
  if (type != Filetype::SocketStream) return type;
  int socketType = 0;
  socklen_t size = sizeof socketType;
  TRY(checkSystemCall(::getsockopt(fd, SOL_SOCKET, SO_TYPE, &socketType, &size)));
  return socketType == SOCK_DGRAM ? Filetype::SocketDgram : Filetype::SocketStream;
}

Rights applicableRights(int fd, Filetype type) {
  bool isTerminal = type == Filetype::CharacterDevice && ::isatty(fd) == 1;
  return rightsOf(type, isTerminal);
}

void Descriptor::settle() {
  std::scoped_lock lock(changes);
  if (isSettled) return;
  // If fstat fails, the type stays Unknown, which has the rights of a stream: reading and writing
  // still work, seeking does not.
  auto found = filetypeOf(fd());
  if (found.ok()) type = found.value();
  rights &= applicableRights(fd(), type);
  if (!isDirectory()) inheriting = 0;
  isSettled = true;
}

Expected<Descriptor, Errno> describeHostFile(HostFd host) {
  TRY_ASSIGN(Filetype type, filetypeOf(host.get()));
  int flags = ::fcntl(host.get(), F_GETFL);
  if (flags < 0) return lastError();
  Descriptor result;
  result.type = type;
  result.rights = applicableRights(host.get(), type);
  // A standard stream may be redirected to a directory. Only a preopen grants access to the files
  // in a directory, so rights such as PathOpen are removed, and `inheriting` stays empty.
  if (type == Filetype::Directory) result.rights &= kStreamRights;
  // A right that the access mode rules out is reported as missing (NotCapable) rather than with the
  // Badf of the system call, and the guest can see it in fd_fdstat_get.
  if ((flags & O_ACCMODE) == O_RDONLY) result.rights &= ~kNeedWriting;
  if ((flags & O_ACCMODE) == O_WRONLY) result.rights &= ~kNeedReading;
  result.statusFlags = StatusFlags::Host;
  result.isHandedOver = true;
  result.host = std::move(host);
  return result;
}

Descriptor describeStream(std::shared_ptr<Stream> stream, bool isInput) {
  Descriptor result;
  result.stream = std::move(stream);
  // Only rights whose calls test for a stream: all other calls pass fd() to the host, and here it
  // is -1.
  result.rights = right::FdFdstatSetFlags | right::FdFilestatGet | right::PollFdReadwrite |
                  (isInput ? right::FdRead : right::FdWrite);
  return result;
}

Rights restrictRights(Rights rights, bool readOnly) {
  return readOnly ? rights & ~(kFileWriteRights | kDirectoryWriteRights) : rights;
}

}  // namespace wasi
