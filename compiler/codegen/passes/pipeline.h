// The one optimization pipeline.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/options.h"

namespace codegen {

// Heeds the optimization level and the disabled passes of the options.
void optimize(llvm::Module& module, llvm::TargetMachine& machine, const Options& options);

}  // namespace codegen
