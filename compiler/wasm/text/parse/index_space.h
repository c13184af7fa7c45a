// The index spaces of a module whose items can have identifiers in the text format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wasm {

// An index space (section 2.5.1), and their number.
enum class IndexSpace : uint8_t { Type, Function, Table, Memory, Global, Tag, Element, Data };
inline constexpr size_t kSpaces = 8;

// Returns the keyword of a field that declares an item of the index space, such as "func".
constexpr std::string_view indexSpaceKeyword(IndexSpace space) {
  constexpr std::string_view kKeywords[] = {"type",   "func", "table", "memory",
                                            "global", "tag",  "elem",  "data"};
  return kKeywords[static_cast<size_t>(space)];
}

}  // namespace wasm
