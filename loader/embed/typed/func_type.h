// Function types as wasm2obj_linker.h writes them.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace embed {

// Returns the type that a text such as "(iI)f" means. Fails with a message if it means none.
base::Result<runtime::FuncType> parseFuncType(std::string_view text);

}  // namespace embed
