// A sandbox with every sort of way out for fuzz_wasi to try, and a watch over what lies outside.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "wasi/context.h"
#include "wasi/fs/host_fd.h"

namespace fuzz {

class HostileSandbox {
 public:
  // In a new directory below the system's for temporary files. Limits the size of files that this
  // process writes.
  HostileSandbox();
  ~HostileSandbox();
  HostileSandbox(const HostileSandbox&) = delete;
  HostileSandbox& operator=(const HostileSandbox&) = delete;

  // Fresh files, and a context that sees them: descriptors 0 to 2, then 3 a directory to write in,
  // 4 one to read from, 5 a socket without a peer, 6 one with connections to accept. Nothing in it
  // makes a call wait.
  std::unique_ptr<wasi::Context> start(wasi::Walk walk);

  // Ends the process if anything outside has changed, or is in `memory`: the guest's, after all.
  void check(std::string_view memory) const;

 private:
  // What changes with any change to a file.
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
