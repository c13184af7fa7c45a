// The emitter of the abi::ModuleDescriptor, the data structure from which the runtime learns the
// types, imports, exports and segments of a compiled module (docs/artifact-format.md).
#pragma once

#include <span>

#include "compiler/codegen/descriptor/function_info.h"
#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Adds to the llvm::Module of `module`: the descriptor, the memory image, the thunks and the
// constants of constant tables; for an artifact also the ELF note (abi::ArtifactNote) and the stubs
// of library calls, for a linked module the abi::LinkedModule. Called once per module. Requires
// that `module` declares all cross-instance thunks that code of the artifact refers to
// (ModuleBuilder::crossInstanceThunk), since those are defined here.
//
// `functions` has an entry for each function that is not an import, in the order of the function
// index space. It is empty if the output is LLVM IR or assembly, since code addresses are not known
// then; such a descriptor has no code sizes and no offsets for backtraces.
void emitDescriptor(ModuleBuilder& module, std::span<const FunctionInfo> functions);

}  // namespace codegen
