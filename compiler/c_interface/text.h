// What the headers for C and C++ have in common.
#pragma once

#include <string>
#include <string_view>

#include "compiler/wasm/types.h"

namespace c_interface {

// Returns the type in C of a number or a vector.
const char* typeName(wasm::ValueType type);

// Returns text of the module for a comment, which it cannot end.
std::string forComment(std::string_view text);

// Returns the name of a macro: "LIB_H" for "lib" and "H".
std::string guardName(const std::string& name, const char* suffix);

}  // namespace c_interface
