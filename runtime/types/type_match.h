// The matching of value types (core specification, section "Matching: Value Types"). The type
// indices of concrete reference types are canonical ids, which must be held. Thread-safe.
#pragma once

#include "runtime/types/value.h"

namespace runtime {

// Returns whether `sub` matches `super`: it is the same type or a subtype.
bool isSubtype(const abi::ValueType& sub, const abi::ValueType& super);

// Returns whether the value has the type `type` or a subtype. A reference that is not a function is
// opaque, so it fits only the top type of its hierarchy, unless it is null.
bool fits(const Value& value, const abi::ValueType& type);

}  // namespace runtime
