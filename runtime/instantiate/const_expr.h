// Constant expressions: initial values of globals and tables, offsets and elements
// of segments.
#pragma once

#include <functional>
#include <vector>

#include "runtime/abi/module_descriptor.h"

namespace runtime {

// What an expression can refer to.
struct ConstScope {
  // By index, imports first; those initialised so far.
  std::function<const abi::Slot&(uint32_t)> global;
  std::function<abi::FuncRef*(uint32_t)> function;
};

// Returns the value of a valid, non-empty expression. Integer arithmetic wraps.
abi::Slot evaluate(const abi::ConstExpr& expression, const ConstScope& scope);

}  // namespace runtime
