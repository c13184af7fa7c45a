// An open file of the guest.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "wasi/fs/directory_stream.h"
#include "wasi/fs/host_fd.h"
#include "wasi/stream.h"
#include "wasi/types/errno.h"
#include "wasi/types/rights.h"
#include "wasi/types/wire.h"

namespace wasi {

// Where it is kept whether a file appends and whether calls wait (fdflag::Append, Nonblock).
enum class StatusFlags : uint8_t {
  Host,   // in the host's open file, which the host or another process may change
  Guest,  // in Descriptor::flags, which calls go by; see file_io.h
};

// What one of the guest's file descriptors refers to; owns it.
struct Descriptor {
  HostFd host;
  std::shared_ptr<Stream> stream;  // in place of `host`
  Filetype type = Filetype::Unknown;
  // Whether `type` is known, and `rights` and `inheriting` are no more than what makes sense for
  // it. A file just opened is not asked before it is used: that is a system call, and many files
  // are only opened and closed.
  bool isSettled = true;
  Rights rights = 0;
  Rights inheriting = 0;  // what files opened through this one may get
  bool readOnly = false;  // beneath a read-only preopen: nothing may change
  uint16_t flags = 0;     // fdflag::..., as it was opened or as they were set
  StatusFlags statusFlags = StatusFlags::Guest;
  bool isHandedOver = false;               // by the host, to which its status flags matter
  std::optional<std::string> preopenName;  // the guest's path of a preopened directory
  DirectoryStream entries;                 // where fd_readdir stands

  int fd() const { return host.get(); }
  bool isDirectory() const { return type == Filetype::Directory; }
  bool isSocket() const { return type == Filetype::SocketStream || type == Filetype::SocketDgram; }
  // A pipe that was opened for the guest; or what else WASI has no type for.
  bool isOwnPipe() const { return type == Filetype::Unknown && !isHandedOver; }
  void settle();
};

// The type that st_mode tells. A socket counts as a stream; WASI has no type for a pipe.
Filetype filetypeOfMode(uint32_t mode);

// The type of an open host file.
Expected<Filetype, Errno> filetypeOf(int fd);

// The rights that apply to an open host file of type `type`.
Rights applicableRights(int fd, Filetype type);

// A stream, file or socket the host opened and now hands to the guest: with every right that its
// type and its access mode allow, but for those to go through a directory. Its status flags are the
// host's.
Expected<Descriptor, Errno> describeHostFile(HostFd host);

// A stream of the host's making that the guest reads from, or writes to.
Descriptor describeStream(std::shared_ptr<Stream> stream, bool isInput);

// `rights` without those to change anything, where `readOnly`.
Rights restrictRights(Rights rights, bool readOnly);

}  // namespace wasi
