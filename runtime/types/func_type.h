// Function types (core specification, section "Types: Function Types") in the form that the runtime
// and the host use.
#pragma once

#include <vector>

#include "runtime/abi/types.h"

namespace runtime {

// The type of a function. The type indices of concrete reference types in it are canonical ids,
// which must be held (see type_registry.h).
struct FuncType {
  std::vector<abi::ValueType> params;
  std::vector<abi::ValueType> results;
  friend bool operator==(const FuncType&, const FuncType&) = default;
};

}  // namespace runtime
