// From an input in either format to a module.
#pragma once

#include "compiler/driver/input.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/result.h"

namespace driver {

// The binary that a text stands for. The text is parsed and validated, and with `isTranslated` must
// not need what the compiler does not have: only here do errors have a line and a column.
base::Result<base::Bytes> encodeText(const Input& input, bool isTranslated);

// Refuses a module that is an object file of clang's: a linker has to complete it.
base::Result<void> checkLinked(const wasm::Module& module);

// `wasm2obj validate`: tells what is wrong with each of the files, and whether none is.
bool validateFiles(const std::vector<std::string>& paths);

}  // namespace driver
