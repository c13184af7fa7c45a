// A sandbox for fuzz_wasi with symbolic links and other ways that might lead out of it, and a check
// that nothing outside of it is changed or read.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "wasi/context.h"
#include "wasi/fs/host_fd.h"

namespace fuzz {

// There must be only one in a process.
class HostileSandbox {
 public:
  // Creates a new directory in the system's directory for temporary files. Limits the size of files
  // that this process writes.
  HostileSandbox();
  ~HostileSandbox();
  HostileSandbox(const HostileSandbox&) = delete;
  HostileSandbox& operator=(const HostileSandbox&) = delete;

  // Creates the files anew and returns a context that has the descriptors 0 to 2, then 3, a
  // directory to write to, 4, a directory to read from, 5, a socket without a peer, and 6, a socket
  // with connections to accept. No call on these blocks.
  std::unique_ptr<wasi::Context> start(wasi::Walk walk);

  // Aborts the process if a file outside of the sandbox has changed, or if the contents of one are
  // in `memory`, the memory of the guest at its end.
  void check(std::string_view memory) const;

 private:
  // Attributes of which at least one changes with any change to a file.
  struct Trace {
    timespec changed;
    ino_t inode;
    friend bool operator==(const Trace& a, const Trace& b) {
      return a.changed.tv_sec == b.changed.tv_sec && a.changed.tv_nsec == b.changed.tv_nsec &&
             a.inode == b.inode;
    }
  };
  using Traces = std::map<std::string, Trace>;

  void addTraces(const std::filesystem::path& at, Traces& traces) const;
  Traces traces() const;
  void openSockets();

  std::filesystem::path base_;
  std::string secret_;
  Traces before_;
  wasi::HostFd orphan_;
  wasi::HostFd listener_;
};

}  // namespace fuzz
