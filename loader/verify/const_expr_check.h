// The verification of the constant expressions of a descriptor. An expression must refer to
// existing items and leave one value of the right hierarchy and nullability. Types are not checked
// further, as the compiler has validated them. References never originate from constant bits, so
// that no expression can forge a pointer.
#pragma once

#include <span>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"

namespace loader {

// A type of which expressions can create objects.
struct ConstType {
  abi::CompositeKind kind;
  std::span<const abi::FieldType> fields;  // of an array, exactly one; of functions, none
};

// The items that the expressions of one module can refer to.
struct ConstContext {
  std::vector<ConstType> types;         // by index
  std::vector<abi::ValueType> globals;  // by index, imports first
  std::vector<bool> hasFuncRef;         // by function index, imports first
};

// Checks an expression with a value of type `expected`. It may read the globals with an index less
// than `visibleGlobals`. Errors have no `where`.
base::Result<void> checkConstExpr(std::span<const abi::ConstStep> steps,
                                  const abi::ValueType& expected, const ConstContext& context,
                                  size_t visibleGlobals);

}  // namespace loader
