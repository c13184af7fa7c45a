#include "test/wast/tally.h"

#include <fmt/format.h>

#include <numeric>

namespace wast {

Tally& Tally::operator+=(const Tally& other) {
  passed += other.passed;
  failed += other.failed;
  for (size_t i = 0; i < skippedFor.size(); ++i) skippedFor[i] += other.skippedFor[i];
  return *this;
}

uint64_t Tally::skipped() const {
  return std::accumulate(skippedFor.begin(), skippedFor.end(), uint64_t{0});
}

std::string Tally::text() const {
  return fmt::format("{} passed, {} failed, {} skipped", passed, failed, skipped());
}

std::string Tally::skippedText() const {
  std::string list;
  for (uint32_t i = 0; i < skippedFor.size(); ++i) {
    if (skippedFor[i] == 0) continue;
    list += fmt::format("{}{} {}", list.empty() ? "skipped: " : ", ",
                        wasm::featureName(static_cast<wasm::Feature>(i)), skippedFor[i]);
  }
  return list;
}

}  // namespace wast
