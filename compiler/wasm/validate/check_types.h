// Validation of the type section (sections 3.2.10, 3.2.11 and 3.5.1).
#pragma once

#include "compiler/wasm/validate/module_context.h"

namespace wasm {

// Checks all types of the module and sets `relations` of the context, which all later checks use.
// Returns the first error: a type index that is out of bounds or refers to a later group, a
// declared supertype that is final or does not match, or a chain of supertypes longer than
// kMaxSubtypeDepth.
base::Result<void> checkTypes(ModuleContext& context);

}  // namespace wasm
