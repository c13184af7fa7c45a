// The construction of the tables of hand-written checks, which are indexed by shape or family.
#pragma once

#include <array>
#include <cstddef>

#include "compiler/wasm/validate/code_validator.h"

namespace wasm {

// A check and the shape or family that it is for.
template <class Key>
struct Rule {
  Key key;
  InstructionCheck check;
};

// Returns a table of kKeys entries with the checks of `rows`; null for keys without a row.
// Evaluated at compile time, so that the tables need no initialization at program start.
template <class Key, size_t kKeys, size_t kRows>
constexpr std::array<InstructionCheck, kKeys> denseTable(const Rule<Key> (&rows)[kRows]) {
  std::array<InstructionCheck, kKeys> table{};
  for (const Rule<Key>& row : rows) table[static_cast<size_t>(row.key)] = row.check;
  return table;
}

}  // namespace wasm
