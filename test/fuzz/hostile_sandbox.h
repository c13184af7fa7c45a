// The sandbox of fuzz_wasi: directories with symbolic links and other ways that may lead out of
// them, and a check that nothing outside is changed or read.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "wasi/context.h"
#include "wasi/fs/host_fd.h"

namespace fuzz {

// The files of a sandbox, and decoys outside of it. There must be only one in a process, since it
// changes limits and signal actions of the process.
class HostileSandbox {
 public:
  // Creates a new directory in the system's directory for temporary files. Limits the size of files
  // that this process writes to 1 MiB, and ignores SIGXFSZ and SIGPIPE. Aborts the process if the
  // system fails.
  HostileSandbox();
  // Removes the directory.
  ~HostileSandbox();
  HostileSandbox(const HostileSandbox&) = delete;
  HostileSandbox& operator=(const HostileSandbox&) = delete;

  // Creates the files of the sandbox anew and returns a context with the standard streams and these
  // descriptors: 3 is a directory to write to, 4 a directory to read from, 5 a socket without a
  // peer, and 6 a socket with connections to accept. No call on these blocks. The context refers to
  // the sockets and must be destroyed before the next call and before the sandbox. `walk` selects
  // how paths are resolved.
  std::unique_ptr<wasi::Context> start(wasi::Walk walk);

  // Aborts the process if a file outside of the sandbox, or in the directory to read from, has
  // changed, or if the contents of a file outside are in `memory`, the memory of the guest after
  // its last call.
  void check(std::string_view memory) const;

 private:
  // Attributes of a file, of which at least one changes with any change to it.
  struct Trace {
    timespec changed;
    ino_t inode;
    friend bool operator==(const Trace& a, const Trace& b) {
      return a.changed.tv_sec == b.changed.tv_sec && a.changed.tv_nsec == b.changed.tv_nsec &&
             a.inode == b.inode;
    }
  };
  using Traces = std::map<std::string, Trace>;

  // Adds the traces of a file and, recursively, of the entries of a directory.
  void addTraces(const std::filesystem::path& at, Traces& traces) const;
  // Returns the traces of all files that must not change, by path.
  Traces traces() const;
  void openSockets();

  std::filesystem::path base_;  // has the directories inside, outside and readonly
  std::string secret_;          // random contents of the files outside
  Traces before_;
  wasi::HostFd orphan_;    // the socket without a peer
  wasi::HostFd listener_;  // the socket with connections
};

}  // namespace fuzz
