// Where the time goes: seconds per phase, added up over all threads.
#pragma once

#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/phase_timer.h"

namespace driver {

class Phases {
 public:
  Phases() = default;
  Phases(const Phases&) = delete;
  Phases& operator=(const Phases&) = delete;

  // Calls add().
  const base::ReportTime& report() const { return report_; }
  void add(std::string_view phase, double seconds);

  // A line per phase in order of first appearance, then the process's peak memory.
  void print(std::FILE* out) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, double>> phases_;
  base::ReportTime report_ = [this](std::string_view phase, double seconds) {
    add(phase, seconds);
  };
};

}  // namespace driver
