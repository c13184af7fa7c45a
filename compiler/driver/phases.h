// The time of each phase of the compilation, in seconds. Phases that run on several threads are
// added up, so that the sum may exceed the elapsed time.
#pragma once

#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/phase_timer.h"

namespace driver {

// A table of phases. Thread-safe.
class Phases {
 public:
  Phases() = default;
  Phases(const Phases&) = delete;
  Phases& operator=(const Phases&) = delete;

  // Returns a function that calls add(). Valid as long as this object.
  const base::TimeCallback& report() const { return report_; }
  // Adds `seconds` to the phase of this name.
  void add(std::string_view phase, double seconds);

  // Prints a line per phase in the order of first appearance, and the peak memory of the process in
  // MiB.
  void print(std::FILE* out) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, double>> phases_;
  base::TimeCallback report_ = [this](std::string_view phase, double seconds) {
    add(phase, seconds);
  };
};

}  // namespace driver
