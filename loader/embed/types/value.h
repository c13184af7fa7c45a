// The conversion of values between the C interface and the runtime.
#pragma once

#include <memory>

#include "loader/embed/wasm2obj.h"
#include "runtime/base/result.h"
#include "runtime/store.h"

namespace embed {

// Returns the value as one of `type`, if it can be one; otherwise a value of another type, which
// does not fit. Fails if it is a reference of an instance other than that of the store.
base::Result<runtime::Value> toValue(const wasm2obj_value_t& value, const abi::ValueType& type,
                                     const runtime::Store& store);

// Returns the value as one of `type`. Fails likewise, and if it is of another type.
base::Result<runtime::Value> toFitting(const wasm2obj_value_t& value, const abi::ValueType& type,
                                       const runtime::Store& store);

// Returns the value, with a new reference that the caller deletes if it is one.
wasm2obj_value_t fromValue(const runtime::Value& value,
                           const std::shared_ptr<runtime::Store>& store);

// Returns the type of values of this type.
wasm2obj_type_t typeOf(const abi::ValueType& type);

}  // namespace embed
