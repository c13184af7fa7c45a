// Child processes that run scripts, so that a crash or an infinite loop of the code under test
// fails only one script.
#pragma once

#include <sys/types.h>

#include <string>

#include "test/wast/run_script.h"

namespace wast {

// The outcome of a script.
struct ScriptReport {
  Tally tally;
  std::string output;  // what the child has written to standard output and standard error
};

// A child process that runs a script. The caller waits for its end, by waitpid. The destructor
// neither waits for it nor kills it.
class ScriptProcess {
 public:
  // Forks a child process that runs the script in `file`, with the timeout of the options. Returns
  // an error if the system fails.
  static base::Result<ScriptProcess> start(const std::string& file, const Options& options,
                                           const ModuleCompiler& compiler);
  ScriptProcess(ScriptProcess&& other) noexcept;
  ScriptProcess& operator=(ScriptProcess&&) = delete;
  ~ScriptProcess();

  // Returns the process id, for waitpid.
  pid_t pid() const { return pid_; }
  // Returns the outcome of a process that has ended with `status`, as waitpid has returned it. A
  // crash or timeout counts as one more failure.
  ScriptReport report(int status) const;

 private:
  ScriptProcess(std::string file, Progress* progress, int output)
      : file_(std::move(file)), progress_(progress), output_(output) {}
  std::string readOutput() const;

  std::string file_;
  Progress* progress_;  // in memory shared with the process
  int output_;          // the descriptor of a file that the process writes to
  pid_t pid_ = -1;
};

}  // namespace wast
