// The type of a function as the host sees it.
#pragma once

#include <vector>

#include "runtime/abi/types.h"

namespace runtime {

// A concrete reference type in it names its type by canonical id (see type_registry.h).
struct FuncType {
  std::vector<abi::ValueType> params;
  std::vector<abi::ValueType> results;
  friend bool operator==(const FuncType&, const FuncType&) = default;
};

}  // namespace runtime
