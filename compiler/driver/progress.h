// The line on a terminal that says how far a long compilation is.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "compiler/codegen/compile.h"

namespace driver {

// Returns the line, for a compilation that has taken `elapsed` so far.
std::string progressLine(const codegen::Progress& progress, std::chrono::duration<double> elapsed);

// Shows the line during its lifetime if standard error is a terminal that can erase lines, from the
// first second on. Thread-safe.
class ProgressDisplay {
 public:
  ProgressDisplay();
  ~ProgressDisplay();
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  // Returns a function that takes note of the progress, empty if nothing is shown. Valid as long as
  // this object.
  codegen::ProgressCallback report();

 private:
  void show();

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<codegen::Progress> latest_;
  bool isDone_ = false;
  std::thread thread_;  // not joinable if nothing is shown
};

}  // namespace driver
