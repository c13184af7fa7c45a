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

// Tables of the phases and of LLVM's passes. Thread-safe.
class Phases {
 public:
  Phases() = default;
  Phases(const Phases&) = delete;
  Phases& operator=(const Phases&) = delete;

  // Return a function that adds `seconds` to a phase, or a pass, by its name. Valid as long as this
  // object.
  const base::TimeCallback& report() const { return report_; }
  const base::TimeCallback& reportPass() const { return reportPass_; }

  // Prints a line for each phase in the order of first appearance, the peak memory of the process
  // in MiB, and a line for each pass with the longest time first, if any has been reported.
  void print(std::FILE* out) const;
  // Prints the same as one object of JSON, with times in seconds by name in "phases" and "passes",
  // and "peak_memory" in bytes.
  void printJson(std::FILE* out) const;

 private:
  using Table = std::vector<std::pair<std::string, double>>;

  void add(Table& table, std::string_view name, double seconds);

  mutable std::mutex mutex_;
  Table phases_;
  Table passes_;
  base::TimeCallback report_ = [this](std::string_view phase, double seconds) {
    add(phases_, phase, seconds);
  };
  base::TimeCallback reportPass_ = [this](std::string_view pass, double seconds) {
    add(passes_, pass, seconds);
  };
};

}  // namespace driver
