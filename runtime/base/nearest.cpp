#include "runtime/base/nearest.h"

#include <algorithm>
#include <vector>

namespace base {
namespace {

// Returns the optimal string alignment distance. Of the table of distances between prefixes, only
// the last three rows are kept.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before, last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      bool isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (isSwapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known) {
  // Any two short words are only a few slips apart, so few slips are allowed for them.
  constexpr size_t kLettersPerSlip = 3;
  return nearest(word, known, word.size() / kLettersPerSlip);
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known, size_t maxSlips) {
  size_t best = maxSlips + 1;
  std::optional<std::string_view> found;
  for (std::string_view candidate : known) {
    size_t slips = distance(word, candidate);
    if (slips >= best) continue;
    best = slips;
    found = candidate;
  }
  return found;
}

}  // namespace base
