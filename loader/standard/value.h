// The conversion of values between wasm.h and the runtime.
#pragma once

#include <memory>

#include "loader/standard/ref.h"

namespace standard {

// Returns the value as one of a type. Fails if it has another type, or is a reference of another
// store. An object that it refers to may move or end when guest code runs or another one is made.
base::Result<runtime::Value> toValue(const wasm_val_t& value, const abi::ValueType& type,
                                     const Entry& entry);

// Returns the value, with a new reference that the caller deletes if it is one. Fails if wasm.h has
// no such values.
base::Result<wasm_val_t> fromValue(const runtime::Value& value,
                                   const std::shared_ptr<StoreOwner>& owner);

// Returns zero or the null reference of a type.
wasm_val_t zeroOf(const abi::ValueType& type);

}  // namespace standard
