#include "compiler/driver/phases.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace driver {
namespace {

uint64_t peakMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) << 10;  // which Linux gives in KiB
}

nlohmann::ordered_json objectOf(const std::vector<std::pair<std::string, double>>& table) {
  auto object = nlohmann::ordered_json::object();
  for (const auto& [name, seconds] : table) object[name] = seconds;
  return object;
}

}  // namespace

void Phases::add(Table& table, std::string_view name, double seconds) {
  std::lock_guard lock(mutex_);
  auto row = std::ranges::find(table, name, &Table::value_type::first);
  if (row == table.end()) row = table.insert(row, {std::string(name), 0.0});
  row->second += seconds;
}

void Phases::print(std::FILE* out) const {
  std::lock_guard lock(mutex_);
  for (const auto& [phase, seconds] : phases_)
    fmt::print(out, "{:<12} {:10.3f} s\n", phase, seconds);
  fmt::print(out, "{:<12} {:10.1f} MB\n", "peak memory",
             static_cast<double>(peakMemory()) / (1 << 20));
  Table passes = passes_;
  std::ranges::stable_sort(passes, std::greater(), &Table::value_type::second);
  for (const auto& [pass, seconds] : passes) fmt::print(out, "{:10.3f} s  {}\n", seconds, pass);
}

void Phases::printJson(std::FILE* out) const {
  std::lock_guard lock(mutex_);
  nlohmann::ordered_json all = {{"phases", objectOf(phases_)}, {"peak_memory", peakMemory()}};
  if (!passes_.empty()) all["passes"] = objectOf(passes_);
  fmt::print(out, "{}\n", all.dump(2));
}

}  // namespace driver
