// Writes the module's abi::ModuleDescriptor, its note, its memory image and its thunks into an
// llvm::Module.
#pragma once

#include <span>

#include "compiler/codegen/descriptor/function_info.h"
#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// `functions` holds a FunctionInfo per own function, or is empty where code is not made yet (when
// LLVM IR or assembly is asked for): sizes and wasm offsets are then unknown to the descriptor.
void emitDescriptor(ModuleBuilder& module, std::span<const FunctionInfo> functions);

}  // namespace codegen
