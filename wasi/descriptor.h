// An open file of the guest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "wasi/directory_stream.h"
#include "wasi/errno.h"
#include "wasi/host_fd.h"
#include "wasi/rights.h"
#include "wasi/wire.h"

namespace wasi {

struct Descriptor {
  HostFd host;
  Filetype type = Filetype::Unknown;
  Rights rights = 0;
  Rights inheriting = 0;                   // what files opened through this one may get
  bool readOnly = false;                   // beneath a read-only preopen: nothing may change
  uint16_t syncFlags = 0;                  // fdflag::Dsync, Rsync, Sync: as it was opened
  std::optional<std::string> preopenName;  // the guest's path of a preopened directory
  DirectoryStream entries;                 // where fd_readdir stands

  int fd() const { return host.get(); }
  bool isDirectory() const { return type == Filetype::Directory; }
  bool isSocket() const { return type == Filetype::SocketStream || type == Filetype::SocketDgram; }
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

// `rights` without those to change anything, where `readOnly`.
Rights restrictRights(Rights rights, bool readOnly);

}  // namespace wasi
