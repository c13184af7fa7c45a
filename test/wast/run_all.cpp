#include "test/wast/run_all.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <list>
#include <numeric>
#include <optional>
#include <vector>

#include "test/wast/script_process.h"

namespace wast {
namespace {

using base::Result;

// Returns the indices of the files, the largest first, so that a long script does not start last
// (longest processing time first). A file that does not exist has size 0.
std::vector<size_t> largestFirst(const std::vector<std::string>& files) {
  std::vector<uintmax_t> sizes;
  for (const std::string& file : files) {
    std::error_code error;
    uintmax_t size = std::filesystem::file_size(file, error);
    sizes.push_back(error ? 0 : size);
  }
  std::vector<size_t> order(files.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return sizes[a] > sizes[b]; });
  return order;
}

// The state of a run.
class Run {
 public:
  Run(const Options& options, const ModuleCompiler& compiler)
      : options_(options), compiler_(compiler), reports_(options.files.size()) {}

  Result<Tally> run();

 private:
  struct Running {
    size_t file;
    ScriptProcess process;
  };

  Result<void> start(size_t file);
  // Waits for any script to end.
  Result<void> finishOne();
  // Prints the reports of finished scripts, as long as all scripts before them have finished.
  void tellFinished();

  const Options& options_;
  const ModuleCompiler& compiler_;
  std::list<Running> running_;
  std::vector<std::optional<ScriptReport>> reports_;  // by file
  size_t told_ = 0;  // the number of reports that have been printed
  Tally total_;
};

Result<Tally> Run::run() {
  for (size_t file : largestFirst(options_.files)) {
    if (running_.size() == options_.jobs) TRY(finishOne());
    TRY(start(file));
  }
  while (!running_.empty()) TRY(finishOne());
  return total_;
}

Result<void> Run::start(size_t file) {
  TRY_ASSIGN(ScriptProcess process,
             ScriptProcess::start(options_.files[file], options_, compiler_));
  running_.push_back({file, std::move(process)});
  return {};
}

Result<void> Run::finishOne() {
  int status = 0;
  pid_t pid = ::wait(&status);
  if (pid < 0) return base::Error{"wait", std::strerror(errno)};
  auto ended = std::find_if(running_.begin(), running_.end(),
                            [&](const Running& running) { return running.process.pid() == pid; });
  if (ended == running_.end()) return {};
  reports_[ended->file] = ended->process.report(status);
  running_.erase(ended);
  tellFinished();
  return {};
}

void Run::tellFinished() {
  for (; told_ < reports_.size() && reports_[told_]; ++told_) {
    const ScriptReport& report = *reports_[told_];
    fmt::print("{}", report.output);
    if (options_.isVerbose) fmt::print("{}: {}\n", options_.files[told_], report.tally.text());
    total_ += report.tally;
  }
  std::fflush(stdout);
}

}  // namespace

Result<Tally> runAll(const Options& options) {
  ModuleCompiler::installSignalHandlers();
  TRY_ASSIGN(std::unique_ptr<ModuleCompiler> compiler, ModuleCompiler::create(options.codegen));
  return Run(options, *compiler).run();
}

}  // namespace wast
