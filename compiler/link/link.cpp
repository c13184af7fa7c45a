#include "compiler/link/link.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <lld/Common/Driver.h>
#include <llvm/Support/Signals.h>
#include <llvm/Support/raw_ostream.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>
#include <thread>
#include <vector>

#include "compiler/link/localize.h"
#include "runtime/base/memory_file.h"
#include "runtime/base/owned_fd.h"

LLD_HAS_DRIVER(elf)

namespace linker {
namespace {

using base::Error;
using base::MemoryFile;
using base::OwnedFd;
using base::Result;

// The options for an artifact. It exports one symbol, since all others are hidden, and needs no
// other library. Code, read-only data and relro data are on pages of their own, in memory and in
// the file. `-z defs` and `-z text` make undefined symbols and relocations in code errors of the
// link instead of errors of the loader.
constexpr const char* kSharedOptions[] = {
    "-shared",
    "-z",
    "separate-loadable-segments",
    "-z",
    "relro",
    "-z",
    "now",
    "-z",
    "noexecstack",
    "-z",
    "defs",
    "-z",
    "text",
    "--hash-style=gnu",
    "--eh-frame-hdr",
    "--strip-debug",
    "--build-id=none",
};

// Groups of sections are dissolved: another object of ours has groups of the same names, of which
// linkers would discard one, although its symbols are local.
constexpr const char* kRelocatableOptions[] = {"-r", "--force-group-allocation", "--strip-debug"};

// The options for an executable. The C library relocates it at its start; packed, the relocations
// take a fortieth of the space.
constexpr const char* kExecutableOptions[] = {
    "-static",
    "-pie",
    "--no-dynamic-linker",
    "-z",
    "relro",
    "-z",
    "now",
    "-z",
    "noexecstack",
    "-z",
    "text",
    "--pack-dyn-relocs=relr",
    "--eh-frame-hdr",
    "--gc-sections",
    "--strip-debug",
    "--build-id=none",
};

std::span<const char* const> optionsOf(Kind kind) {
  if (kind == Kind::SharedObject) return kSharedOptions;
  return kind == Kind::Executable ? std::span<const char* const>(kExecutableOptions)
                                  : kRelocatableOptions;
}

// A pipe for lld's output. lld writes the output once, from beginning to end. Given a regular file,
// it would write through a mapping, which faults if the disk is full.
class OutputPipe {
 public:
  static Result<OutputPipe> open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return Error{"pipe", std::strerror(errno)};
    return OutputPipe(OwnedFd(ends[0]), OwnedFd(ends[1]));
  }

  std::string path() const { return fmt::format("/proc/self/fd/{}", write_.get()); }

  // Returns all bytes that `writer` writes to the pipe. A thread reads while `writer` runs, since a
  // pipe holds little and writing to a full one blocks.
  template <class Writer>
  base::Bytes collect(Writer&& writer) {
    base::Bytes bytes;
    std::thread reader([&] { readTo(bytes); });
    writer();
    // The reader ends when no descriptor of the write end is open.
    write_ = OwnedFd();
    reader.join();
    return bytes;
  }

 private:
  OutputPipe(OwnedFd read, OwnedFd write) : read_(std::move(read)), write_(std::move(write)) {}

  void readTo(base::Bytes& bytes) const {
    std::vector<uint8_t> buffer(size_t{1} << 16);
    for (;;) {
      ssize_t count = ::read(read_.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return;
      base::append(bytes, base::ByteView(buffer).first(static_cast<size_t>(count)));
    }
  }

  OwnedFd read_;
  OwnedFd write_;
};

// Raises the soft limit of open files, up to the hard limit. Each object is passed to lld as an
// open file, and large modules have more objects than the default limit allows. If the limit
// remains too low, creating the files fails with an error.
void allowOpenFiles(size_t count) {
  // For the descriptors that the process and lld use besides.
  constexpr size_t kOthers = 256;
  rlimit limit;
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count + kOthers) return;
  limit.rlim_cur = std::min<rlim_t>(count + kOthers, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// lld takes paths only, so each object becomes a file in memory with a path in /proc/self/fd.
Result<std::vector<MemoryFile>> toFiles(std::span<const base::ByteView> objects) {
  allowOpenFiles(objects.size());
  std::vector<MemoryFile> files;
  for (base::ByteView object : objects) {
    TRY_ASSIGN(MemoryFile file, MemoryFile::create("object file", object));
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

// lld is called with a command line of its own; its messages go to a string instead of standard
// error.
Result<base::Bytes> run(const Request& request) {
  TRY_ASSIGN(std::vector<MemoryFile> inputs, toFiles(request.inputs));
  TRY_ASSIGN(OutputPipe output, OutputPipe::open());
  std::vector<std::string> words{"ld.lld",          "-m",
                                 request.emulation, "-o",
                                 output.path(),     fmt::format("--threads={}", request.threads)};
  std::span<const char* const> options = optionsOf(request.kind);
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), request.files.begin(), request.files.end());
  for (const MemoryFile& input : inputs) words.push_back(input.path());

  std::vector<const char*> args;
  for (const std::string& word : words) args.push_back(word.c_str());
  std::string messages;
  llvm::raw_string_ostream out(messages);
  lld::Result result{};
  base::Bytes linked = output.collect([&] {
    result = lld::lldMain(args, out, out, {{lld::Gnu, &lld::elf::link}});
  });
  if (result.retCode != 0) return Error{"lld", out.str()};
  if (request.kind == Kind::Relocatable) return localizeHidden(linked);
  return linked;
}

// This function of LLVM has no other effect than to install the handlers.
void installSignalHandlers() { llvm::sys::SetInfoSignalFunction(nullptr); }

}  // namespace linker
