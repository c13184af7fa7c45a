// What the headers for C and C++ have in common.
#pragma once

#include <string>
#include <string_view>

#include "compiler/c_interface/c_interface.h"

namespace c_interface {

// Returns the type in C of a value. References are pointers.
const char* typeName(wasm::ValueType type);
// Returns the enumerator of wasm2obj_type_t, and the member of wasm2obj_value_t.
const char* enumeratorOf(wasm::ValueType type);
const char* memberOf(wasm::ValueType type);
// Returns "memory" for a memory, and so on, as in wasm2obj_memory_t.
const char* kindName(wasm::ExternKind kind);

// Returns text of the module for a comment, in quotes and with the escapes of the text format. It
// cannot end the comment or begin another, and it has neither trigraphs nor characters that change
// the direction of text.
std::string quoted(std::string_view text);

// Returns what an item of the module is, for a comment: "function [i32] -> []", "memory (min 1)".
std::string describe(const wasm::Module& module, wasm::ExternKind kind, uint32_t index);

// Returns the name of a macro, which no other name has: "WASM2OBJ_OF_lib_H" for "lib" and "H".
std::string guardName(const std::string& name, const char* suffix);

}  // namespace c_interface
