// Runs work in a child process, since the code under test may crash or not terminate.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace differential {

// The result of the work.
struct Report {
  std::string text;      // the string that the work returned
  std::string accident;  // "crashed: Segmentation fault", "did not end within 60 s", or empty
};

// A child process.
class Child {
 public:
  // Starts the process, which calls `work` and ends after at most this many seconds of processor
  // time.
  Child(const std::function<std::string()>& work, unsigned secondsToLive);

  pid_t id() const { return id_; }
  // Returns the result after the process has ended with this status of waitpid.
  Report report(int status);

 private:
  pid_t id_;
  int output_;
  unsigned secondsToLive_;
};

// Runs the work in a child process and waits for its end.
Report runInChild(const std::function<std::string()>& work, unsigned secondsToLive);

}  // namespace differential
