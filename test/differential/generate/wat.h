// Pieces of the text format, in folded form.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace differential {

inline std::string get(std::string_view local) { return fmt::format("(local.get {})", local); }

inline std::string set(std::string_view local, std::string_view value) {
  return fmt::format("(local.set {} {})", local, value);
}

inline std::string number(std::string_view type, int64_t value) {
  return fmt::format("({}.const {})", type, value);
}

// "(i32.add X Y)" of type "i32" and name "add".
inline std::string apply(std::string_view type, std::string_view name, std::string_view operand) {
  return fmt::format("({}.{} {})", type, name, operand);
}
inline std::string apply(std::string_view type, std::string_view name, std::string_view left,
                         std::string_view right) {
  return fmt::format("({}.{} {} {})", type, name, left, right);
}

}  // namespace differential
