// The types of imports, exports and objects, as wasm2obj_types.h describes them.
#pragma once

#include <string>

#include "loader/embed/wasm2obj_types.h"
#include "runtime/base/result.h"
#include "runtime/instance/extern.h"

namespace embed {

// The strings of a wasm2obj_extern_type_t.
struct ExternTypeTexts {
  std::string function;
  std::string text;
};

// Returns the description of a type. Its strings are those of `texts`, which it sets.
wasm2obj_extern_type_t describe(const runtime::ExternType& type, ExternTypeTexts& texts);

// Return the type that a program describes. Fail with a message if it is malformed, or if nothing
// of this type can be made.
base::Result<abi::MemoryType> memoryTypeOf(const wasm2obj_extern_type_t& type);
base::Result<abi::TableType> tableTypeOf(const wasm2obj_extern_type_t& type);
base::Result<abi::GlobalType> globalTypeOf(const wasm2obj_extern_type_t& type);

}  // namespace embed
