// Binary format -> Module (section 5). Malformed input of any kind is an error that names file,
// byte offset and what was expected. Types are checked by validate(), not here.
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// `bytes` must outlive the module.
base::Result<Module> readModule(std::string fileName, base::ByteView bytes);

}  // namespace wasm
