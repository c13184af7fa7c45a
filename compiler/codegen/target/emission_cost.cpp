#include "compiler/codegen/target/emission_cost.h"

#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/Target/RegisterTargetPassConfigCallback.h>

namespace codegen {

void lowerEmissionCost() {
  auto leaveOut = [](llvm::TargetMachine&, llvm::legacy::PassManagerBase&,
                     llvm::TargetPassConfig* config) {
    config->disablePass(&llvm::LiveDebugValuesID);
    config->disablePass(&llvm::RemoveRedundantDebugValuesID);
  };
  // It takes itself off the list when it is destroyed, which it is not.
  new llvm::RegisterTargetPassConfigCallback(leaveOut);
}

}  // namespace codegen
