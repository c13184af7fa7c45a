#include "test/wast/script_process.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>

namespace wast {
namespace {

using base::Result;

base::Error systemError(const char* what) { return {what, std::strerror(errno)}; }

std::string describeDeath(int status) {
  if (!WIFSIGNALED(status)) return fmt::format("exit status {}", WEXITSTATUS(status));
  int signal = WTERMSIG(status);
  const char* cause = signal == SIGALRM ? ": it took too long" : "";
  return fmt::format("signal {} ({}){}", signal, ::strsignal(signal), cause);
}

}  // namespace

ScriptProcess::ScriptProcess(ScriptProcess&& other) noexcept
    : file_(std::move(other.file_)),
      progress_(std::exchange(other.progress_, nullptr)),
      output_(std::exchange(other.output_, -1)),
      pid_(other.pid_) {}

ScriptProcess::~ScriptProcess() {
  if (progress_ != nullptr) ::munmap(progress_, sizeof(Progress));
  if (output_ >= 0) ::close(output_);
}

Result<ScriptProcess> ScriptProcess::start(const std::string& file, const Options& options,
                                           const ModuleCompiler& compiler) {
  void* shared =
      ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return systemError("mmap");
  ScriptProcess process(file, new (shared) Progress, ::memfd_create("output", MFD_CLOEXEC));
  if (process.output_ < 0) return systemError("memfd_create");
  // Otherwise the child would print buffered output of the parent again.
  std::fflush(stdout);
  process.pid_ = ::fork();
  if (process.pid_ < 0) return systemError("fork");
  if (process.pid_ == 0) {
    ::dup2(process.output_, STDOUT_FILENO);
    ::dup2(process.output_, STDERR_FILENO);
    ::alarm(options.timeoutSeconds);
    runScript(file, options, compiler, *process.progress_);
    std::fflush(stdout);
    ::_exit(0);
  }
  return process;
}

// The tally in shared memory counts all commands before the one that crashed.
ScriptReport ScriptProcess::report(int status) const {
  ScriptReport report{progress_->tally, readOutput()};
  if (status != 0) {
    ++report.tally.failed;
    report.output += fmt::format("{}:{}: the runner died of {}\n", file_, progress_->line,
                                 describeDeath(status));
  }
  return report;
}

std::string ScriptProcess::readOutput() const {
  std::string text(static_cast<size_t>(::lseek(output_, 0, SEEK_END)), '\0');
  size_t size = 0;
  while (size < text.size()) {
    ssize_t count = ::pread(output_, text.data() + size, text.size() - size, size);
    if (count <= 0) break;
    size += static_cast<size_t>(count);
  }
  text.resize(size);
  return text;
}

}  // namespace wast
