// Emits the abi::ModuleDescriptor of a module and what it refers to.
#pragma once

#include <span>

#include "compiler/codegen/descriptor/function_info.h"
#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Emits descriptor, ELF note, memory image and thunks into the llvm::Module of `module`.
// `functions` has an entry for each function that is not an import. It is empty if no code has been
// emitted, since the output is LLVM IR or assembly; the descriptor then has no code sizes and no
// offsets for backtraces.
void emitDescriptor(ModuleBuilder& module, std::span<const FunctionInfo> functions);

}  // namespace codegen
