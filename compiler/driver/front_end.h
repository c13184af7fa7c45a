// The front end of the driver: checks and conversions of the input before code generation.
#pragma once

#include "compiler/driver/input.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/result.h"

namespace driver {

// Returns the module of an input in the text format in the binary format. Parses and validates it,
// so that errors have a line and a column, which later steps cannot give. If `isTranslated`, also
// returns an error if the module needs a feature that the compiler does not translate.
base::Result<base::Bytes> encodeText(const Input& input, bool isTranslated);

// Returns an error if the module is a relocatable object file of clang, which wasm-ld must complete
// first.
base::Result<void> checkLinked(const wasm::Module& module);

// Implements `wasm2obj validate`: prints the first error of each invalid file to standard error.
// Returns whether all files are valid.
bool validateFiles(const std::vector<std::string>& paths);

}  // namespace driver
