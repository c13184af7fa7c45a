// Functions that write folded instructions of the text format ("Folded Instructions").
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace differential {

// Return `local.get` and `local.set` of a local, and a constant of type i32 or i64.
inline std::string get(std::string_view local) { return fmt::format("(local.get {})", local); }
inline std::string set(std::string_view local, std::string_view value) {
  return fmt::format("(local.set {} {})", local, value);
}
inline std::string number(std::string_view type, int64_t value) {
  return fmt::format("({}.const {})", type, value);
}

// Return an instruction with one or two operands, such as "(i32.add X Y)" for the type "i32" and
// the name "add".
inline std::string apply(std::string_view type, std::string_view name, std::string_view operand) {
  return fmt::format("({}.{} {})", type, name, operand);
}
inline std::string apply(std::string_view type, std::string_view name, std::string_view left,
                         std::string_view right) {
  return fmt::format("({}.{} {} {})", type, name, left, right);
}

}  // namespace differential
