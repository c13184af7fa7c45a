// Work in a process of its own, since what is tested may crash, and may not end.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace differential {

struct Report {
  std::string text;      // what the work returned
  std::string accident;  // "crashed: Segmentation fault" or "did not end within 60 s"; or empty
};

class Child {
 public:
  // Starts at once. The work returns what it has to say. It lives for so many seconds of the
  // processor's time.
  Child(const std::function<std::string()>& work, unsigned secondsToLive);

  pid_t id() const { return id_; }
  // Of a process that has ended with this status, as waitpid tells it.
  Report report(int status);

 private:
  pid_t id_;
  int output_;
  unsigned secondsToLive_;
};

// Waits for the end.
Report runInChild(const std::function<std::string()>& work, unsigned secondsToLive);

}  // namespace differential
