// Runs a script in a child process, so that a crash or an endless loop of the code under test fails
// only this script.
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

// A child process that has been started and perhaps has ended. The destructor does not wait for it.
class ScriptProcess {
 public:
  // Starts a child process that runs the script in `file`.
  static base::Result<ScriptProcess> start(const std::string& file, const Options& options,
                                           const codegen::Target& target);
  ScriptProcess(ScriptProcess&& other) noexcept;
  ScriptProcess& operator=(ScriptProcess&&) = delete;
  ~ScriptProcess();

  pid_t pid() const { return pid_; }
  // Returns the outcome after the process has ended with this status of waitpid. A crash counts as
  // one more failure.
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
