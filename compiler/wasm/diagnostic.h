// Constructors of errors that point to a position in a module, in either format.
#pragma once

#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Returns an error whose `where` is the file name and the byte offset in hexadecimal:
// "a.wasm:0x1f".
base::Error errorAt(std::string_view fileName, uint32_t offset, std::string message);

// Returns the same error for a module in the binary format. For a module in the text format,
// `offset` is one in Module::bytes, which Module::positions maps to the text; `where` is file, line
// and column ("a.wat:3:5"), and the message is followed by the source line and a caret below the
// column.
base::Error errorAt(const Module& module, uint32_t offset, std::string message);

}  // namespace wasm
