// Errors about a place in the input.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace wasm {

// `where` is the file name and the byte offset in hexadecimal: "a.wasm:0x1f".
base::Error errorAt(std::string_view fileName, uint32_t offset, std::string message);

}  // namespace wasm
