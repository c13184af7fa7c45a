// Prints modules in the text format (section 6).
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Returns the module as text. If the module is valid, parsing the text and writing the result with
// writeModule gives the same bytes as writing the module itself. Returns an error with the position
// if an instruction is malformed, and if the text exceeds kMaxTextSize. The module need not be
// valid.
base::Result<std::string> printModule(const Module& module);

}  // namespace wasm
