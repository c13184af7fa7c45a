// Suggestions for mistyped names ("did you mean"), by edit distance.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace base {

// Return the name in `known` with the smallest edit distance to `word`, the first of several; or
// nothing if the distance exceeds `maxSlips`, by default a third of the length of `word`. A slip is
// a letter that is omitted, added, replaced, or swapped with the next one (optimal string alignment
// distance). The result refers to the text of `known`.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known, size_t maxSlips);

}  // namespace base
