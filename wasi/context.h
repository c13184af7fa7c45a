// All that a guest may see and touch of the host through WASI: its arguments and environment, its
// open files. Nothing is there that a ContextBuilder did not put there.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "wasi/fd_table.h"
#include "wasi/sandbox_path.h"

namespace wasi {

enum class Access : uint8_t { ReadWrite, ReadOnly };

// One per guest, used by one thread at a time; outlives the guest's store. A write to a closed pipe
// must not end the process: the host ignores SIGPIPE.
class Context {
 public:
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  // Gives borrowed streams back with the status flags (O_NONBLOCK, ...) that they came with.
  ~Context();

  const std::vector<std::string>& arguments() const { return arguments_; }
  const std::vector<std::string>& environment() const { return environment_; }  // "NAME=value"
  FdTable& files() { return files_; }

  // The directory's handle as the root of a path.
  Beneath beneath(const Descriptor& directory) const { return {walk_, directory.fd()}; }

  // Whether calls are to be told to trace() as they happen.
  bool traces() const { return traceFd_ >= 0; }
  void trace(std::string_view text);

 private:
  friend class ContextBuilder;
  struct BorrowedStream {
    int fd;
    int flags;
  };

  Context() = default;

  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  FdTable files_;
  Walk walk_ = Walk::Kernel;
  std::vector<BorrowedStream> borrowed_;
  int traceFd_ = -1;
};

// Descriptors 0 to 2 are the standard streams: empty and swallowing unless given. The preopened
// directories follow from 3 on, in the order given.
class ContextBuilder {
 public:
  // The first is the program's name.
  ContextBuilder& argument(std::string value);
  ContextBuilder& variable(std::string name, std::string value);
  // `guestPath` is what the guest calls it: "/", ".", "/tmp".
  ContextBuilder& directory(std::string hostPath, std::string guestPath,
                            Access access = Access::ReadWrite);
  // The host's descriptors, borrowed: they outlive the context.
  ContextBuilder& standardStreams(int input, int output, int error);
  // Walks paths by hand even where the kernel could.
  ContextBuilder& walk(Walk walk);

  // Every call is printed to the host's descriptor `fd`, borrowed.
  ContextBuilder& traceTo(int fd);

  // Fails where a directory cannot be opened, a stream is not open, or a string holds a NUL.
  base::Result<std::unique_ptr<Context>> build() const;

 private:
  struct Preopen {
    std::string hostPath;
    std::string guestPath;
    Access access;
  };

  base::Result<void> addStreams(Context& context) const;
  base::Result<void> addDirectory(Context& context, const Preopen& preopen) const;

  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  std::vector<Preopen> preopens_;
  std::vector<int> streams_;
  Walk walk_ = supportedWalk();
  int traceFd_ = -1;
};

}  // namespace wasi
