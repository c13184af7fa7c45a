// That an access to memory traps by all of its bytes, also where code uses some of them only.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// The last step before code emission. LLVM makes a vector that is loaded the memory operand of
// instructions that read less: x86's pmovsx and pmovzx where its lower half is extended, AArch64's
// ld1r where one lane goes to all, although the load is volatile. With AVX-512 it does so of
// instructions with a mask, which read nothing where that is zero, and fault no more than that. A
// `freeze` stands between the load and whatever might take its lanes apart.
class PreventLoadNarrowing : public llvm::PassInfoMixin<PreventLoadNarrowing> {
 public:
  explicit PreventLoadNarrowing(const llvm::TargetMachine& machine) : machine_(&machine) {}

  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);

 private:
  const llvm::TargetMachine* machine_;
};

}  // namespace codegen
