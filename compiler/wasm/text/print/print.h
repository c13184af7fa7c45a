// The printer of modules in the text format (section 6).
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "compiler/wasm/text/print/text_output.h"
#include "runtime/base/result.h"

namespace wasm {

// Returns the module as text in UTF-8. If the module is valid, parsing the text and writing the
// result with writeModule() gives the same bytes as writing the module itself. Returns an error if
// an instruction is malformed or if the text exceeds `maxSize` bytes. The error has the position,
// unless the text becomes too long outside of function bodies. The module need not be valid.
base::Result<std::string> printModule(const Module& module, size_t maxSize = kMaxTextSize);

}  // namespace wasm
