// The translator of function bodies: one pass over the instructions of a body, which are executed
// symbolically on a stack of LLVM values.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Defines function `functionIndex`, which must not be an import, in the llvm::Module of `module`.
// Requires that the function is valid and that all of its instructions are translated
// (emit/translated.h). Called at most once per function.
void emitFunction(ModuleBuilder& module, uint32_t functionIndex);

}  // namespace codegen
