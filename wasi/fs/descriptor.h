// An open file of the guest, and its construction from a file or stream of the host.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "wasi/fs/directory_stream.h"
#include "wasi/fs/host_fd.h"
#include "wasi/fs/thread_members.h"
#include "wasi/stream.h"
#include "wasi/types/errno.h"
#include "wasi/types/rights.h"
#include "wasi/types/wire.h"

namespace wasi {

// The place that determines whether a file appends and whether calls on it block (fdflag::Append
// and Nonblock).
enum class StatusFlags : uint8_t {
  Host,   // the open file description of the host, which other processes may share and change
  Guest,  // Descriptor::flags, which calls emulate (see file_io.h)
};

// Whether a descriptor is settled. What has been written before it was set is read after it.
class Settled {
 public:
  Settled(bool isSet) : isSet_(isSet) {}
  Settled(const Settled& other) : isSet_(static_cast<bool>(other)) {}
  Settled& operator=(const Settled& other) { return *this = static_cast<bool>(other); }
  Settled& operator=(bool isSet) {
    isSet_.store(isSet, std::memory_order_release);
    return *this;
  }
  operator bool() const { return isSet_.load(std::memory_order_acquire); }

 private:
  std::atomic<bool> isSet_;
};

// The object that a file descriptor of the guest refers to: a host file or a Stream, with the
// rights and flags of WASI. Owns or borrows the host file as `host` says. Once it is in a table,
// several threads of the guest may use it.
struct Descriptor {
  HostFd host;                     // invalid if there is a `stream`
  std::shared_ptr<Stream> stream;  // null if there is a host file
  Filetype type = Filetype::Unknown;
  // Whether `type` is valid and `rights` and `inheriting` are restricted to it. path_open leaves
  // this to the first use, because it costs a system call and many files are only opened and
  // closed.
  Settled isSettled = true;
  Relaxed<Rights> rights = 0;      // of operations on this descriptor
  Relaxed<Rights> inheriting = 0;  // the maximum for files that are opened through this directory
  bool readOnly = false;           // is or lies beneath a read-only preopen
  Relaxed<uint16_t> flags = 0;     // fdflag::... of path_open or of the last fd_fdstat_set_flags
  Relaxed<StatusFlags> statusFlags = StatusFlags::Guest;
  // Whether the host passed the file as an open descriptor, or accept(2) returned it. Other
  // processes may share its status flags, so calls never change them, unless it is a listening
  // socket.
  bool isHandedOver = false;
  std::optional<std::string> preopenName;  // the guest's path of a preopened directory
  DirectoryStream entries;                 // position and buffer of fd_readdir
  OwnMutex changes;                        // of `entries`, and of changes of rights and flags
  OwnMutex streamCalls;                    // of calls of `stream`, which may take long

  int fd() const { return host.get(); }
  bool isDirectory() const { return type == Filetype::Directory; }
  bool isSocket() const { return type == Filetype::SocketStream || type == Filetype::SocketDgram; }
  // Returns whether this is a pipe that path_open or Redirection::file() opened, or another such
  // file that WASI has no type for.
  bool isOwnPipe() const { return type == Filetype::Unknown && !isHandedOver; }
  // Determines `type` and restricts `rights` and `inheriting` to it, if that has not been done.
  void settle();
};

// Returns the type for a value of st_mode of stat(2). Returns SocketStream for every socket,
// because st_mode does not distinguish them, and Unknown for a pipe, for which WASI has no type.
Filetype filetypeOfMode(uint32_t mode);

// Returns the type of an open host file, with datagram sockets distinguished. Fails with the errno
// of fstat(2) or getsockopt(2).
Expected<Filetype, Errno> filetypeOf(int fd);

// Returns the rights whose operations are possible on an open host file of type `type`.
Rights applicableRights(int fd, Filetype type);

// Returns a descriptor for a stream, file or socket that the host hands over to the guest. It has
// every right that the type and the access mode allow, except those to access files through a
// directory. Its status flags are those of the host. Fails with the errno of fstat(2),
// getsockopt(2) or fcntl(2), Badf if `host` is not open.
Expected<Descriptor, Errno> describeHostFile(HostFd host);

// Returns a descriptor for `stream`, which the guest may read if `isInput`, else write.
Descriptor describeStream(std::shared_ptr<Stream> stream, bool isInput);

// Returns `rights`, without those that change a file system if `readOnly`.
Rights restrictRights(Rights rights, bool readOnly);

}  // namespace wasi
