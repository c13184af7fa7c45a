// Definition of the string builtins and of string constants in a linker.
#pragma once

#include <string>

#include "runtime/linker.h"

namespace strings {

// The usual name of the module from which string constants are imported.
inline constexpr std::string_view kConstantsModule = "'";

// Defines the functions of the modules wasm:js-string, wasm:text-encoder and wasm:text-decoder
// (builtins.h), and the immutable globals of type externref of the module `constants`: the value of
// each is its name as a string. Replaces the linker's handler of missing globals.
void addToLinker(runtime::Linker& linker, std::string_view constants = kConstantsModule);

}  // namespace strings
