// Constant expressions of a descriptor: what they may refer to, and that they leave one value of
// the right sort; exact types are the compiler's business. A reference can only come from a
// reference, never from constant bits.
#pragma once

#include <span>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"

namespace loader {

// What the expressions of one module can name.
struct ConstContext {
  std::vector<abi::ValueType> globals;  // by index, imports first
  std::vector<bool> hasFuncRef;         // by function index, imports first
};

// `visibleGlobals`: only globals of lower index may be read.
base::Result<void> checkConstExpr(std::span<const abi::ConstStep> steps,
                                  const abi::ValueType& expected, const ConstContext& context,
                                  size_t visibleGlobals);

}  // namespace loader
