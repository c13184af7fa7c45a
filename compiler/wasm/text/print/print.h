// Module -> text format (section 6), to be read by people and by parseModule.
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// The module need not be valid. If it is, parsing the text and encoding what comes out gives the
// same bytes as encoding the module itself. Fails only on malformed instruction bytes, with their
// place, and if there is more text than can be read again.
base::Result<std::string> printModule(const Module& module);

}  // namespace wasm
