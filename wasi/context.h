// All that a guest may see and touch of the host through WASI: its arguments and environment, its
// open files. Nothing is there that a ContextBuilder did not put there.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
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

enum class Access : uint8_t { ReadWrite, ReadOnly };

// One per guest, used by one thread at a time; outlives the guest's store. A write to a closed pipe
// must not end the process: the host ignores SIGPIPE.
class Context {
 public:
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  // Gives borrowed sockets back with the status flags (O_NONBLOCK) that they came with.
  ~Context();

  // Ends what the guest waits for, now or later: it traps. From any thread, or a signal handler.
  void interrupt();
  bool isInterrupted() const { return isInterrupted_.load(std::memory_order_relaxed); }
  // Has something to read once the guest has been interrupted.
  int interruptFd() const { return interrupt_.get(); }

  const std::vector<std::string>& arguments() const { return arguments_; }
  const std::vector<std::string>& environment() const { return environment_; }  // "NAME=value"
  FdTable& files() { return files_; }
  Clocks& clocks() { return clocks_; }
  RandomSource& random() { return random_; }

  // The directory's handle as the root of a path.
  Beneath beneath(const Descriptor& directory) const { return {walk_, directory.fd()}; }

  // Whether calls are to be told to trace() as they happen.
  bool traces() const { return traceFd_ >= 0; }
  void trace(std::string_view text);

  // A function that WASI does not have, of which to warn when it is first called.
  struct UnknownCall {
    Context& context;
    std::string warning;  // empty: none, or no longer
  };
  UnknownCall& addUnknownCall(std::string warning);
  void warnOf(UnknownCall& call);

 private:
  friend class ContextBuilder;
  struct BorrowedSocket {
    int fd;
    int flags;
  };

  Context() = default;

  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  FdTable files_;
  Clocks clocks_;
  RandomSource random_;
  Walk walk_ = Walk::Kernel;
  std::vector<BorrowedSocket> borrowed_;
  int traceFd_ = -1;
  int warningFd_ = -1;
  std::deque<UnknownCall> unknownCalls_;
  HostFd interrupt_;  // an eventfd
  std::atomic<bool> isInterrupted_ = false;
};

// Where a standard stream comes from or goes to.
struct Redirection {
  // A file, pipe, socket or terminal of the host's, borrowed: it outlives the context.
  static Redirection hostFd(int fd);
  // Opened when the context is built; a file that is written is created, or emptied.
  static Redirection file(std::string path);
  // See stream.h. Contexts of the same builder share it.
  static Redirection stream(std::shared_ptr<Stream> stream);

  std::variant<std::monostate, int, std::string, std::shared_ptr<Stream>> target;
};

// Descriptors 0 to 2 are the standard streams: empty and swallowing unless given. The preopened
// directories follow from 3 on, in the order given, and behind them the sockets: programs look for
// directories from 3 on, up to what is none.
class ContextBuilder {
 public:
  // The first is the program's name.
  ContextBuilder& argument(std::string value);
  ContextBuilder& variable(std::string name, std::string value);
  // `guestPath` is what the guest calls it: "/", ".", "/tmp".
  ContextBuilder& directory(std::string hostPath, std::string guestPath,
                            Access access = Access::ReadWrite);
  ContextBuilder& input(Redirection from);
  ContextBuilder& output(Redirection to);
  ContextBuilder& error(Redirection to);
  // All three, as Redirection::hostFd().
  ContextBuilder& standardStreams(int input, int output, int error);
  // A listening or connected socket of the host's, borrowed: it outlives the context. The guest may
  // change whether calls on it wait.
  ContextBuilder& socket(int fd);
  ContextBuilder& pinClocks(const PinnedClocks& clocks);
  // Random bytes that follow from the seed alone.
  ContextBuilder& pinRandom(uint64_t seed);
  // Walks paths by hand even where the kernel could.
  ContextBuilder& walk(Walk walk);

  // How many descriptors the guest may have open at a time; what goes beyond fails with Mfile.
  ContextBuilder& maxDescriptors(uint32_t count);

  // Every call is printed to the host's descriptor `fd`, borrowed.
  ContextBuilder& traceTo(int fd);
  // So is the first call of a function that WASI does not have, if it is nearly called like one
  // that it has.
  ContextBuilder& warnTo(int fd);

  // Fails where a directory or file cannot be opened, a stream is not open, or a string holds a
  // NUL.
  base::Result<std::unique_ptr<Context>> build() const;

 private:
  struct Preopen {
    std::string hostPath;
    std::string guestPath;
    Access access;
  };

  static constexpr int kStandardStreams = 3;

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
  Walk walk_ = supportedWalk();
  int traceFd_ = -1;
  int warningFd_ = -1;
  uint32_t maxDescriptors_ = FdTable::kDefaultMax;
};

}  // namespace wasi
