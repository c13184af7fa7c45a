// The reader of modules in the binary format (section 5).
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Returns the module in `bytes`, which must outlive it, or an error with the position and what was
// expected there. Checks only that the input is well-formed and does not exceed the limits on its
// size and on the numbers of types, parameters, results, fields and locals; call validate() to
// check types and indices. Function bodies remain encoded. `fileName` is used in messages.
base::Result<Module> readModule(std::string fileName, base::ByteView bytes);

}  // namespace wasm
