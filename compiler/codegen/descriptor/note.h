// The ELF note of a module, by which the loader recognizes it.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Emits the note of the kind that the options select: that of an artifact, of one of its further
// variants, or of a module that a linker makes a part of a program.
void emitNote(ModuleBuilder& module, llvm::GlobalVariable* descriptor);

}  // namespace codegen
