// Matching of value types (section 3.3 of the specification). Type indices are canonical ids.
#pragma once

#include "runtime/types/value.h"

namespace runtime {

// Returns whether `sub` matches `super`.
bool isSubtype(const abi::ValueType& sub, const abi::ValueType& super);

// Returns whether the value is of the type or of a subtype.
bool fits(const Value& value, const abi::ValueType& type);

}  // namespace runtime
