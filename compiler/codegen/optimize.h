// The one optimisation pipeline.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/options.h"

namespace codegen {

void optimize(llvm::Module& module, llvm::TargetMachine& machine, OptLevel level);

}  // namespace codegen
