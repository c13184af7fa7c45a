// Where the time goes: seconds per phase, added up over all threads.
#pragma once

#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace driver {

class Phases {
 public:
  void add(std::string_view phase, double seconds);

  // A line per phase in order of first appearance, then the process's peak memory.
  void print(std::FILE* out) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, double>> phases_;
};

}  // namespace driver
