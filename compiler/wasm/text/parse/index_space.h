// The index spaces of a module that identifiers may name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wasm {

enum class IndexSpace : uint8_t { Type, Function, Table, Memory, Global, Tag, Element, Data };
inline constexpr size_t kSpaces = 8;

// The keyword of a field that declares an item of it.
constexpr std::string_view indexSpaceKeyword(IndexSpace space) {
  constexpr std::string_view kKeywords[] = {"type",   "func", "table", "memory",
                                            "global", "tag",  "elem",  "data"};
  return kKeywords[static_cast<size_t>(space)];
}

}  // namespace wasm
