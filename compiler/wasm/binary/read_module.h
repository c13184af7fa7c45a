// Reads a module in the binary format (section 5).
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Returns the module in `bytes`, which must outlive it, or an error with the position and what was
// expected there. Checks only that the input is well-formed; call validate() to check types and
// indices. `fileName` is used in messages.
base::Result<Module> readModule(std::string fileName, base::ByteView bytes);

}  // namespace wasm
