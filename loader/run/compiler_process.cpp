#include "loader/run/compiler_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "runtime/base/memory_file.h"

namespace run {
namespace {

using base::Error;
using base::Result;

constexpr char kCompiler[] = "wasm2obj";
constexpr int kPatience = 1000;    // milliseconds before the note that the module is compiled
constexpr int kCannotStart = 127;  // the exit code of shells if a program cannot be executed

bool isExecutable(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

// Returns the folder of this executable with a slash at its end, or an empty string if /proc is not
// mounted.
std::string ownFolder() {
  char path[PATH_MAX];
  ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  if (size <= 0) return "";
  std::string_view text(path, static_cast<size_t>(size));
  return std::string(text.substr(0, text.rfind('/') + 1));
}

std::string findOnPath() {
  const char* list = std::getenv("PATH");
  std::string_view rest = list == nullptr ? "" : list;
  while (!rest.empty()) {
    size_t colon = rest.find(':');
    std::string candidate = fmt::format("{}/{}", rest.substr(0, colon), kCompiler);
    // Relative entries are ignored, as the working directory may contain a malicious program.
    if (candidate[0] == '/' && isExecutable(candidate)) return candidate;
    rest = colon == rest.npos ? "" : rest.substr(colon + 1);
  }
  return "";
}

// A pipe whose write end only the child has, so that it reaches its end when the child ends. Thus
// poll() waits for the child with a timeout, which waitpid() cannot.
struct Lifeline {
  int read = -1;
  int write = -1;

  Lifeline() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) == 0) read = ends[0], write = ends[1];
  }
  ~Lifeline() {
    closeWrite();
    if (read >= 0) ::close(read);
  }
  void closeWrite() {
    if (write >= 0) ::close(write);
    write = -1;
  }
  void outliveExec() const {
    if (write >= 0) ::fcntl(write, F_SETFD, 0);
  }
  bool endsWithin(int milliseconds) const {
    pollfd wanted{read, POLLIN, 0};
    return ::poll(&wanted, 1, milliseconds) != 0;
  }
};

// The input and the output of the child.
struct Files {
  base::MemoryFile module;
  base::MemoryFile artifact;

  bool outliveExec() const {
    return ::fcntl(module.descriptor(), F_SETFD, 0) == 0 &&
           ::fcntl(artifact.descriptor(), F_SETFD, 0) == 0;
  }
};

// Executes the compiler in the child process. Its standard input is empty and its standard output
// is standard error, as those of this process belong to the guest. If this process ends, the kernel
// ends the child, whose result is of no use then.
[[noreturn]] void becomeCompiler(const char* program, char* const* arguments, pid_t parent) {
  int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  bool isReady = nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 &&
                 ::dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 &&
                 ::prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && ::getppid() == parent;
  if (isReady) ::execv(program, arguments);
  ::_exit(kCannotStart);
}

// Waits for the child. Fails with an empty Error if the compiler has reported errors.
Result<void> waitFor(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return Error{kCompiler, fmt::format("was lost: {}", std::strerror(errno))};
  }
  if (WIFSIGNALED(status))
    return Error{kCompiler, fmt::format("was ended by signal {} ({}) while compiling",
                                        WTERMSIG(status), ::strsignal(WTERMSIG(status)))};
  if (WEXITSTATUS(status) == kCannotStart) return Error{kCompiler, "cannot be started"};
  if (WEXITSTATUS(status) != 0) return Error{};
  return {};
}

}  // namespace

Result<CompilerProcess> CompilerProcess::find() {
  std::string folder = ownFolder();
  if (!folder.empty() && isExecutable(folder + kCompiler))
    return CompilerProcess(folder + kCompiler);
  std::string path = findOnPath();
  if (path.empty())
    return Error{"", fmt::format("{} is needed to compile it, and is neither beside wasmrun ({}) "
                                 "nor on PATH",
                                 kCompiler, folder)};
  return CompilerProcess(path);
}

std::string CompilerProcess::identity() const {
  struct stat status {};
  ::stat(path_.c_str(), &status);
  return fmt::format("{}:{}:{}.{:09}", kCompiler, status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

Result<base::FileContent> CompilerProcess::compile(base::ByteView module, const std::string& name,
                                                   const std::vector<std::string>& options) const {
  TRY_ASSIGN(base::MemoryFile source, base::MemoryFile::create("module", module));
  TRY_ASSIGN(base::MemoryFile artifact, base::MemoryFile::create("artifact"));
  const Files files{std::move(source), std::move(artifact)};
  std::vector<std::string> words = {path_,       "-o",           files.artifact.path(),
                                    "--emit=so", "--input-name", name};
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), {"--", files.module.path()});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  Lifeline lifeline;
  // All memory is allocated before the fork. The child compares the parent with `self`, since the
  // parent may have ended before the child set its death signal.
  const pid_t self = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return Error{path_, fmt::format("cannot be started: {}", std::strerror(errno))};
  if (child == 0) {
    lifeline.outliveExec();
    if (!files.outliveExec()) ::_exit(kCannotStart);
    becomeCompiler(path_.c_str(), arguments.data(), self);
  }
  lifeline.closeWrite();
  if (lifeline.read >= 0 && !lifeline.endsWithin(kPatience))
    fmt::print(stderr, "wasmrun: compiling {} ...\n", name);
  TRY(waitFor(child));
  return files.artifact.read();
}

}  // namespace run
