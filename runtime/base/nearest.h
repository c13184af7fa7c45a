// What somebody meant who mistyped a name.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace base {

// The one of `known` that is the fewest slips away from `word`, at most `maxSlips`: letters left
// out, added, replaced, or swapped with the next. By default as many as do not make it a guess.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known, size_t maxSlips);

}  // namespace base
