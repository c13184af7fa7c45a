// The state of a guest's WASI: its arguments, environment, open files, clocks and random numbers. A
// guest can access nothing of the host but what a ContextBuilder grants.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/base/result.h"
#include "wasi/clock.h"
#include "wasi/fs/fd_table.h"
#include "wasi/fs/sandbox_path.h"
#include "wasi/random_source.h"
#include "wasi/stream.h"

namespace wasi {

// Whether a guest may change the files beneath a preopened directory. Attempts in a ReadOnly one
// fail with Errno::Rofs.
enum class Access : uint8_t { ReadWrite, ReadOnly };

// The WASI state of one guest. Must outlive the stores of the guest's threads, whose imported
// functions point to it. Thread-safe.
//
// The host must ignore SIGPIPE. Otherwise a guest's write to a pipe without readers ends the
// process, instead of failing with Errno::Pipe.
class Context {
 public:
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  // Closes the guest's files. Restores the status flags that restoreAtEnd() was given.
  ~Context();

  // Return what the builder was given. The first argument is the name of the program; variables
  // have the form "NAME=value".
  const std::vector<std::string>& arguments() const { return arguments_; }
  const std::vector<std::string>& environment() const { return environment_; }

  // Return mutable parts of the state, which are thread-safe. The references are valid for the
  // lifetime of the context.
  FdTable& files() { return files_; }
  Clocks& clocks() { return clocks_; }
  RandomSource& random() { return random_; }

  // Returns `directory` as the root for path resolution. Borrows its handle, so it must stay open
  // while the result is in use.
  Beneath beneath(const Descriptor& directory) const { return {walk_, directory.fd()}; }

  // Makes the destructor set the status flags of the host's descriptor `fd` to `flags`, a result of
  // fcntl(F_GETFL). Has no effect after the first call for `fd`, which must be borrowed.
  void restoreAtEnd(int fd, int flags);

  // Returns whether calls are traced, see ContextBuilder::traceTo().
  bool traces() const { return traceFd_ >= 0; }
  // Writes `text` to the trace. Requires traces(). Ignores errors.
  void trace(std::string_view text);

  // An imported function that WASI does not have. The environment (HostFunction::env) of the host
  // function that stands in for it.
  struct UnknownCall {
    Context& context;
    std::string warning;  // for the first call; empty if there is none or it has been written
  };
  // Adds an unknown function with its warning, which may be empty. The reference is valid for the
  // lifetime of the context.
  UnknownCall& addUnknownCall(std::string warning);
  // Writes the warning of `call` if it has not been written yet, see ContextBuilder::warnTo().
  void warnOf(UnknownCall& call);

 private:
  friend class ContextBuilder;
  struct ChangedFile {
    int fd;
    int flags;  // the status flags before the change
  };

  Context() = default;

  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  FdTable files_;
  Clocks clocks_;
  RandomSource random_;
  Walk walk_ = Walk::Kernel;
  int traceFd_ = -1;                      // borrowed; -1 for no trace
  int warningFd_ = -1;                    // borrowed; -1 for no warnings
  std::mutex mutex_;                      // of the next two members
  std::vector<ChangedFile> changed_;      // in the order of their first changes
  std::deque<UnknownCall> unknownCalls_;  // a deque, since host functions point to its elements
};

// The source or destination of a standard stream.
struct Redirection {
  // A file, pipe, socket or terminal of the host. Borrowed: it must stay open while the context
  // exists. A guest that closes the stream does not close it.
  static Redirection hostFd(int fd);
  // A file of the host, which ContextBuilder::build() opens. For output and error it is created or
  // truncated.
  static Redirection file(std::string path);
  // A stream of the embedding program. All contexts of a builder share it.
  static Redirection stream(std::shared_ptr<Stream> stream);

  // The default reads as empty and discards what is written (/dev/null).
  std::variant<std::monostate, int, std::string, std::shared_ptr<Stream>> target;
};

// The grants to a guest, from which contexts are built. The setters return the builder and check
// nothing; build() does. Descriptors 0 to 2 of the guest are the standard streams, /dev/null by
// default. The preopened directories follow from 3 on, in the order of the calls, and then the
// sockets. Sockets come last because wasi-libc looks for directories from 3 on and stops at the
// first descriptor that is not one.
class ContextBuilder {
 public:
  // Adds a command-line argument. The first one is the program's name, argv[0].
  ContextBuilder& argument(std::string value);
  // Adds an environment variable.
  ContextBuilder& variable(std::string name, std::string value);
  // Preopens a directory of the host under a path that the guest uses: "/", ".", "/tmp". The guest
  // may access all files beneath it, but no others (sandbox_path.h).
  ContextBuilder& directory(std::string hostPath, std::string guestPath,
                            Access access = Access::ReadWrite);
  // Set a standard stream.
  ContextBuilder& input(Redirection from);
  ContextBuilder& output(Redirection to);
  ContextBuilder& error(Redirection to);
  // Sets all three standard streams, as Redirection::hostFd().
  ContextBuilder& standardStreams(int input, int output, int error);
  // Adds a listening or connected socket of the host. Borrowed: it must stay open while the context
  // exists. The guest may change O_NONBLOCK of a listening socket, here and for a standard stream;
  // the context's destructor restores it.
  ContextBuilder& socket(int fd);
  // Replaces the host's clocks by pinned clocks.
  ContextBuilder& pinClocks(const PinnedClocks& clocks);
  // Replaces the kernel's random bytes by those that follow from `seed`.
  ContextBuilder& pinRandom(uint64_t seed);
  // Sets the implementation of path resolution. The default is supportedWalk().
  ContextBuilder& walk(Walk walk);

  // Limits the number of descriptors that the guest may have open at a time, including the standard
  // streams. Calls that would exceed it fail with Mfile.
  ContextBuilder& maxDescriptors(uint32_t count);

  // Writes each call and its result to the descriptor `fd` of the host, as text (call_trace.h).
  // Borrowed: it must stay open while the context exists.
  ContextBuilder& traceTo(int fd);
  // Writes a warning to `fd`, borrowed likewise, at the first call of a function that WASI does not
  // have but whose name is similar to one that it has.
  ContextBuilder& warnTo(int fd);

  // Returns a builder of contexts without files, arguments and variables, whose calls are written
  // to the same trace.
  ContextBuilder withoutGrants() const;

  // Returns a new context. Opens the directories and files. May be called several times. Fails if
  // - a directory or file cannot be opened, or a descriptor of the host is not open;
  // - the descriptor of socket() is not a socket;
  // - a string contains a NUL, which the guest's C library would take as its end;
  // - there are more descriptors than maxDescriptors() allows.
  base::Result<std::unique_ptr<Context>> build() const;

 private:
  struct Preopen {
    std::string hostPath;
    std::string guestPath;
    Access access;
  };

  static constexpr int kStandardStreams = 3;

  // Steps of build(). Each adds one descriptor to `context`.
  base::Result<void> insert(Context& context, Descriptor descriptor) const;
  base::Result<void> addStream(Context& context, int which) const;
  base::Result<void> addFile(Context& context, int which, const std::string& path) const;
  base::Result<void> addSocket(Context& context, int fd) const;
  base::Result<void> addDirectory(Context& context, const Preopen& preopen) const;

  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  std::vector<Preopen> preopens_;
  Redirection streams_[kStandardStreams];
  std::vector<int> sockets_;
  Clocks clocks_;
  std::optional<uint64_t> seed_;
  std::optional<Walk> walk_;  // set if there are preopens
  int traceFd_ = -1;
  int warningFd_ = -1;
  uint32_t maxDescriptors_ = FdTable::kDefaultMax;
};

}  // namespace wasi
