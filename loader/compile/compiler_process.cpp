#include "loader/compile/compiler_process.h"

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
#include <optional>
#include <string_view>

#include "runtime/base/memory_file.h"

namespace compile {
namespace {

using base::Error;
using base::Result;

constexpr char kCompiler[] = "wasm2obj";
constexpr int kPatience = 1000;  // milliseconds before the note that the module is compiled
constexpr int kCannotConfine = 126;
constexpr int kCannotStart = 127;  // the exit code of shells if a program cannot be executed
constexpr size_t kDiagnosticsSize = 4096;  // bytes of a confined compiler's output in an Error

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
  std::optional<base::MemoryFile> diagnostics;  // else standard error

  bool outliveExec() const {
    return ::fcntl(module.descriptor(), F_SETFD, 0) == 0 &&
           ::fcntl(artifact.descriptor(), F_SETFD, 0) == 0;
  }
};

// A run of the compiler.
struct Job {
  const std::string& path;
  const std::string& name;  // of the module, for messages
  Files files;
  const Confinement* confinement = nullptr;
};

Result<Job> makeJob(const std::string& path, const std::string& name, base::ByteView module) {
  TRY_ASSIGN(base::MemoryFile source, base::MemoryFile::create("module", module));
  TRY_ASSIGN(base::MemoryFile artifact, base::MemoryFile::create("artifact"));
  return Job{path, name, {std::move(source), std::move(artifact), std::nullopt}};
}

// Executes the compiler in the child process. Its standard input is empty and its standard output
// is standard error, as those of this process belong to the guest. If this process ends, the kernel
// ends the child, whose result is of no use then.
[[noreturn]] void becomeCompiler(const Job& job, char* const* arguments, const Lifeline& lifeline,
                                 pid_t parent) {
  const Files& files = job.files;
  int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  int messages = files.diagnostics ? files.diagnostics->descriptor() : STDERR_FILENO;
  bool isReady = nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 &&
                 ::dup2(messages, STDOUT_FILENO) >= 0 && ::dup2(messages, STDERR_FILENO) >= 0;
  if (isReady && job.confinement != nullptr && !job.confinement->enter()) ::_exit(kCannotConfine);
  lifeline.outliveExec();
  // The signal is one that also ends a child that blocks all others. A change of the user id
  // resets it, so that it is set after that.
  isReady = isReady && files.outliveExec() && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
            ::getppid() == parent;
  if (isReady) ::execv(job.path.c_str(), arguments);
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
  if (WEXITSTATUS(status) == kCannotConfine)
    return Error{kCompiler, "cannot be confined, so it is not started"};
  if (WEXITSTATUS(status) != 0) return Error{};
  return {};
}

// Waits until the child ends, or has used its time.
Result<void> supervise(const Job& job, pid_t child, const Lifeline& lifeline) {
  if (job.confinement == nullptr) {
    if (lifeline.read >= 0 && !lifeline.endsWithin(kPatience))
      fmt::print(stderr, "wasmrun: compiling {} ...\n", job.name);
    return waitFor(child);
  }
  const int seconds = job.confinement->seconds;
  if (lifeline.read >= 0 && lifeline.endsWithin(seconds * 1000)) return waitFor(child);
  ::kill(child, SIGKILL);
  (void)waitFor(child);
  return Error{kCompiler, fmt::format("has been ended: it took more than {} s", seconds)};
}

// Runs the compiler with these words after its own options. All memory is allocated before the
// fork. The child compares its parent with `self`, since that may have ended before the child set
// its death signal.
Result<base::FileContent> run(const Job& job, const std::vector<std::string>& options) {
  std::vector<std::string> words = {job.path,    "-o",           job.files.artifact.path(),
                                    "--emit=so", "--input-name", job.name};
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), {"--", job.files.module.path()});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  Lifeline lifeline;
  const pid_t self = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return Error{job.path, fmt::format("cannot be started: {}", std::strerror(errno))};
  if (child == 0) becomeCompiler(job, arguments.data(), lifeline, self);
  lifeline.closeWrite();
  TRY(supervise(job, child, lifeline));
  return job.files.artifact.read();
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
  TRY_ASSIGN(Job job, makeJob(path_, name, module));
  return run(job, options);
}

Result<base::FileContent> CompilerProcess::compileConfined(base::ByteView module,
                                                           const std::string& name,
                                                           const Confinement& confinement) const {
  TRY_ASSIGN(Job job, makeJob(path_, name, module));
  TRY_ASSIGN(job.files.diagnostics, base::MemoryFile::create("diagnostics"));
  job.confinement = &confinement;
  auto artifact = run(job, {});
  if (artifact.ok() || !artifact.error().text().empty()) return artifact;
  TRY_ASSIGN(base::FileContent printed, job.files.diagnostics->read());
  std::string_view text = base::asText(printed.bytes()).substr(0, kDiagnosticsSize);
  while (text.ends_with('\n')) text.remove_suffix(1);
  return Error{
      "", text.empty() ? fmt::format("{} failed without a message", kCompiler) : std::string(text)};
}

}  // namespace compile
