// Helpers for tests that write modules in the text format.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/bytes.h"

namespace wasm {

// Returns the module in the binary format, without custom sections; empty if the text is malformed.
base::Bytes encoded(std::string_view text);

// Returns the body of the last function without its locals, as hexadecimal bytes: "41 01 1a 0b".
std::string bodyOf(std::string_view text);

// Returns the first line of the error of parsing or validation, such as "1:3: unknown label $l";
// empty if there is none.
std::string problemOf(std::string_view text);

}  // namespace wasm
