// The one optimization pipeline.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/options.h"
#include "runtime/base/phase_timer.h"

namespace codegen {

// Heeds the optimization level and the disabled passes of the options. Calls `passTime`, unless it
// is empty, with the time of each pass.
void optimize(llvm::Module& module, llvm::TargetMachine& machine, const Options& options,
              const base::TimeCallback& passTime);

}  // namespace codegen
