// The functions of an object file for programs in C (compiler/c_interface).
#pragma once

#include "compiler/c_interface/c_interface.h"
#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Adds the functions for C to the llvm::Module of `module`: for each export the two that the header
// declares, which call libwasmrt; for each import one that calls the program's function. They are
// outside of the section of the guest's code. Returns the address of the abi::LinkedImport[].
llvm::Constant* emitCFunctions(ModuleBuilder& module, const c_interface::Interface& interface);

}  // namespace codegen
