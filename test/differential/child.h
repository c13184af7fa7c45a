// Child processes for code under test, which may crash or not terminate.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace differential {

// The result of a child process.
struct Report {
  std::string text;      // the string that the work returned
  std::string accident;  // "crashed: Segmentation fault", "did not end within 60 s", or empty
};

// A child process that has been forked and that the caller waits for, by waitpid. A copy refers to
// the same process.
class Child {
 public:
  // Forks a process that calls `work`, and sends the string that it returns to report(). The
  // process is killed after `secondsToLive` seconds of processor time, or ten times as many of
  // elapsed time.
  Child(const std::function<std::string()>& work, unsigned secondsToLive);

  // Returns the process id, for waitpid.
  pid_t id() const { return id_; }
  // Returns the result of a process that has ended with `status`, as waitpid has returned it. May
  // be called once.
  Report report(int status);

 private:
  pid_t id_;
  int output_;  // the descriptor of an anonymous file with the string; closed by report()
  unsigned secondsToLive_;
};

// Runs `work` in a child process and waits for its end.
Report runInChild(const std::function<std::string()>& work, unsigned secondsToLive);

}  // namespace differential
