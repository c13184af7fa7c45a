// A dense table of hand-written checks, from the few rows that have one.
#pragma once

#include <array>
#include <cstddef>

#include "compiler/wasm/validate/code_validator.h"

namespace wasm {

template <class Key>
struct Rule {
  Key key;
  InstructionCheck check;
};

// Null for keys without a row.
template <class Key, size_t kKeys, size_t kRows>
constexpr std::array<InstructionCheck, kKeys> denseTable(const Rule<Key> (&rows)[kRows]) {
  std::array<InstructionCheck, kKeys> table{};
  for (const Rule<Key>& row : rows) table[static_cast<size_t>(row.key)] = row.check;
  return table;
}

}  // namespace wasm
