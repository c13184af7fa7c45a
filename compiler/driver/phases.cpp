#include "compiler/driver/phases.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

namespace driver {

void Phases::add(std::string_view phase, double seconds) {
  std::lock_guard lock(mutex_);
  auto row = std::find_if(phases_.begin(), phases_.end(),
                          [&](const auto& item) { return item.first == phase; });
  if (row == phases_.end()) row = phases_.insert(row, {std::string(phase), 0.0});
  row->second += seconds;
}

void Phases::print(std::FILE* out) const {
  std::lock_guard lock(mutex_);
  for (const auto& [phase, seconds] : phases_)
    fmt::print(out, "{:<12} {:10.3f} s\n", phase, seconds);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  // Linux gives ru_maxrss in KiB.
  fmt::print(out, "{:<12} {:10.1f} MB\n", "peak memory", usage.ru_maxrss / 1024.0);
}

}  // namespace driver
