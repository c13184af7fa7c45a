// Translates function bodies to LLVM IR.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Defines own function `functionIndex` in the module. The function must be valid, and all of its
// instructions translated (emit/translated.h).
void emitFunction(ModuleBuilder& module, uint32_t functionIndex);

}  // namespace codegen
