// A script in a process of its own, so that where the code under test crashes or hangs, one script
// fails and the others go on.
#pragma once

#include <sys/types.h>

#include <string>

#include "test/wast/run_script.h"

namespace wast {

struct ScriptReport {
  Tally tally;
  std::string output;
};

class ScriptProcess {
 public:
  static base::Result<ScriptProcess> start(const std::string& file, const Options& options,
                                           const codegen::Target& target);
  ScriptProcess(ScriptProcess&& other) noexcept;
  ScriptProcess& operator=(ScriptProcess&&) = delete;
  ~ScriptProcess();

  pid_t pid() const { return pid_; }
  // Once the process has ended, with the `status` that wait told. A death is a failure more.
  ScriptReport report(int status) const;

 private:
  ScriptProcess(std::string file, Progress* progress, int output)
      : file_(std::move(file)), progress_(progress), output_(output) {}
  std::string readOutput() const;

  std::string file_;
  Progress* progress_;  // shared with the process
  int output_;          // what it prints
  pid_t pid_ = -1;
};

}  // namespace wast
