// What somebody meant who mistyped a name.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace base {

// The one of `known` that is the fewest slips away from `word`: letters left out, added, replaced,
// or swapped with the next. Nothing where that would be a guess.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);

}  // namespace base
