// That an access to memory traps by all of its bytes, also where code uses some of them only.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// The last step before code emission. Where the lower half of a vector is extended, LLVM makes it
// the memory operand of pmovsx or pmovzx, which read that half alone, although the load is
// volatile. A `freeze` stands between the load and whatever might take its lanes apart.
class KeepLoadsWhole : public llvm::PassInfoMixin<KeepLoadsWhole> {
 public:
  explicit KeepLoadsWhole(const llvm::TargetMachine& machine) : machine_(&machine) {}
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);

 private:
  const llvm::TargetMachine* machine_;
};

}  // namespace codegen
