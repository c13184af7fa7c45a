// Modules of tests, written in the text format.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/bytes.h"

namespace wasm {

// The binary of a module in a file "a.wat", without custom sections; empty if it is malformed.
base::Bytes encoded(std::string_view text);

// The bytes of the last function's body, after its locals: "41 01 1a 0b".
std::string bodyOf(std::string_view text);

// Empty for a valid module, else the first line of the error: "1:3: unknown label $l".
std::string problemOf(std::string_view text);

}  // namespace wasm
