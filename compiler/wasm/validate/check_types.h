// Validity of the type section (section 3.2).
#pragma once

#include "compiler/wasm/validate/module_context.h"

namespace wasm {

// Checks every type, and sets context.relations, which all later checks use.
base::Result<void> checkTypes(ModuleContext& context);

}  // namespace wasm
