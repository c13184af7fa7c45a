// Validity of the type section (section 3.2).
#pragma once

#include "compiler/wasm/validate/module_context.h"

namespace wasm {

// Checks all types of the module and sets `relations` of the context, which all later checks use.
// Returns the first error.
base::Result<void> checkTypes(ModuleContext& context);

}  // namespace wasm
