// Errors about a place in the input.
#pragma once

#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// `where` is the file name and the byte offset in hexadecimal: "a.wasm:0x1f".
base::Error errorAt(std::string_view fileName, uint32_t offset, std::string message);

// The same for binaries; for modules in the text format `where` is "a.wat:3:5", and the message
// ends with the source line and a caret.
base::Error errorAt(const Module& module, uint32_t offset, std::string message);

}  // namespace wasm
