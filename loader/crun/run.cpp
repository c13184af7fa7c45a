#include "loader/crun/run.h"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "loader/embed/module_of_image.h"
#include "loader/options/given_options.h"
#include "loader/program/exit_codes.h"
#include "loader/program/process.h"
#include "loader/program/program.h"
#include "runtime/base/file_kind.h"

namespace crun {
namespace {

using base::Error;
using base::FileContent;
using base::OwnedFd;
using base::Result;
using ImageResult = Result<std::shared_ptr<loader::Image>>;

constexpr char kName[] = "wasm2obj";
// The exit codes of shells.
constexpr int kCannotExecute = 126;
constexpr int kNotFound = 127;

// What the file of a program is.
enum class Kind : uint8_t { Artifact, Module, Other };

[[noreturn]] void end(int status) {
  // What crun has registered to be done at exit is not for this process.
  ::_exit(program::finishOutput(status, kName));
}

[[noreturn]] void fail(int status, const Error& error) {
  program::printError(kName, error);
  end(status);
}

// Tells the kind by the first bytes. An artifact is a shared object without an entry point, which
// the kernel would execute nevertheless, from address 0.
Kind kindOf(int file) {
  Elf64_Ehdr header{};
  ssize_t size = ::pread(file, &header, sizeof header, 0);
  if (size <= 0) return Kind::Other;
  base::ByteView bytes(reinterpret_cast<const uint8_t*>(&header), static_cast<size_t>(size));
  switch (base::fileKind(bytes)) {
    case base::FileKind::Elf:
      return header.e_entry == 0 ? Kind::Artifact : Kind::Other;
    case base::FileKind::BinaryModule:
      return Kind::Module;
    default:
      return Kind::Other;
  }
}

ImageResult openPrepared(Prepared prepared, int file, const char* path) {
  struct stat status;
  if (::fstat(file, &status) != 0) return Error{path, std::strerror(errno)};
  if (FileIdentity::of(status) != prepared.source)
    return Error{path,
                 "is not the file that was compiled when the container was created: it has been "
                 "changed, or is reached by a link into a mount; name the file itself"};
  return loader::Image::fromContent(std::move(prepared.artifact), prepared.name);
}

[[noreturn]] void execute(const char* path, char* const argv[]) {
  ::execv(path, argv);
  int status = errno == ENOENT ? kNotFound : kCannotExecute;
  const char* advice = errno == ENOEXEC ? ": expected a WebAssembly module, one that wasm2obj has "
                                          "compiled, or a program of this machine"
                                        : "";
  fail(status, {path, fmt::format("cannot be executed: {}{}", std::strerror(errno), advice)});
}

// Returns the module, or executes the program, which has no need of this process.
ImageResult openProgram(std::optional<Prepared> prepared, const char* path, char* const argv[]) {
  OwnedFd file(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.isValid() && errno == ENOENT) fail(kNotFound, {path, "there is no such file"});
  // Programs need not be readable to be executed.
  if (!file.isValid() && !prepared) execute(path, argv);
  if (!file.isValid()) return Error{path, std::strerror(errno)};
  if (prepared) return openPrepared(std::move(*prepared), file.get(), path);
  Kind kind = kindOf(file.get());
  if (kind == Kind::Other) execute(path, argv);
  if (kind == Kind::Module)
    return Error{path,
                 "is not compiled. Modules are compiled when a container is created, if its "
                 "configuration (config.json) names them and no link into a mount leads to them; "
                 "others must be compiled before, with wasm2obj"};
  TRY_ASSIGN(FileContent content, FileContent::readRegular(file.get(), path));
  return loader::Image::fromContent(std::move(content), path);
}

Result<options::GuestOptions> guestOptions() {
  options::GuestOptions guest;
  TRY(options::addOptionsOfEnvironment(guest));
  if (guest.directories.empty()) guest.directories.push_back({"/", "/"});
  guest.inheritsEnvironment = true;
  // WASI has no working directory. Some languages, such as Go, take it from this variable.
  char directory[PATH_MAX];
  if (std::getenv("PWD") == nullptr && ::getcwd(directory, sizeof directory) != nullptr)
    ::setenv("PWD", directory, 1);
  return guest;
}

Result<program::ProgramOptions> programOptions(const char* path, char* const argv[]) {
  program::ProgramOptions program;
  auto guest = guestOptions();
  if (!guest) return guest.error();
  program.guest = std::move(*guest);
  for (char* const* word = argv; *word != nullptr; ++word) program.arguments.push_back(*word);
  if (program.guest.argv0 && !program.arguments.empty())
    program.arguments.front() = *program.guest.argv0;
  program.name = kName;
  program.module = path;
  program.resolveHost = program::resolveNumericHost;
  return program;
}

// The first process of a container gets only the signals that it handles. A guest can handle none,
// so that without a handler, stopping a container would take as long as until it is killed.
void endAtSignals() {
  for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT})
    std::signal(signal, [](int number) { ::_exit(128 + number); });
}

}  // namespace

void runProgram(std::optional<Prepared> prepared, const char* path, char* const argv[]) {
  program::occupyStandardStreams();
  auto image = openProgram(std::move(prepared), path, argv);
  if (!image) fail(program::kFailure, image.error());
  auto program = programOptions(path, argv);
  if (!program) fail(program::kUsageError, program.error());
  auto module = embed::moduleOf(*image);
  if (!module) fail(program::kFailure, {path, module.error().text()});
  program::ignoreWriteSignals();
  endAtSignals();
  program::Program(std::move(*program))
      .run(std::move(*module),
           [](const auto& run, const auto& instance) { return run.callStart(instance); });
}

}  // namespace crun
