// An open file of the guest.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "wasi/directory_stream.h"
#include "wasi/errno.h"
#include "wasi/host_fd.h"
#include "wasi/rights.h"
#include "wasi/stream.h"
#include "wasi/wire.h"

namespace wasi {

struct Descriptor {
  HostFd host;
  std::shared_ptr<Stream> stream;  // in place of `host`
  Filetype type = Filetype::Unknown;
  // Whether `type` is known, and `rights` and `inheriting` are no more than what makes sense for
  // it. A file just opened is not asked before it is used: that is a system call, and many files
  // are only opened and closed.
  bool isSettled = true;
  Rights rights = 0;
  Rights inheriting = 0;      // what files opened through this one may get
  bool readOnly = false;      // beneath a read-only preopen: nothing may change
  uint16_t flags = 0;         // fdflag::..., as it was opened or as they were set
  bool isSharedOpen = false;  // the host may change Append and Nonblock: it has to be asked
  std::optional<std::string> preopenName;  // the guest's path of a preopened directory
  DirectoryStream entries;                 // where fd_readdir stands

  int fd() const { return host.get(); }
  bool isDirectory() const { return type == Filetype::Directory; }
  bool isSocket() const { return type == Filetype::SocketStream || type == Filetype::SocketDgram; }
  void settle();
};

// The type that st_mode tells. A socket counts as a stream; WASI has no type for a pipe.
Filetype filetypeOfMode(uint32_t mode);

// The type of an open host file.
Fallible<Filetype> filetypeOf(int fd);

// The rights that apply to an open host file of type `type`.
Rights applicableRights(int fd, Filetype type);

// A stream, file or socket the host opened and now hands to the guest: with every right that its
// type and its access mode allow, but for those to go through a directory.
Fallible<Descriptor> describeHostFile(HostFd host);

// A stream of the host's making that the guest reads from, or writes to.
Descriptor describeStream(std::shared_ptr<Stream> stream, bool isInput);

// `rights` without those to change anything, where `readOnly`.
Rights restrictRights(Rights rights, bool readOnly);

}  // namespace wasi
