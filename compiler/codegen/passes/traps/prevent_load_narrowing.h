// PreventLoadNarrowing: keeps the back end from loading only a part of a trapping load.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// Instruction selection folds a vector load, even a volatile one, into instructions that read less
// memory: x86's pmovsx and pmovzx if only the lower half is extended, AArch64's ld1r if one lane is
// broadcast. With AVX-512 it also folds loads into masked instructions, which neither read nor
// fault where the mask is zero. An access that is partly out of bounds would then not trap.
//
// This pass puts a `freeze` between the load and such users. It generates no code, but instruction
// selection does not fold through it.
//
// Correctness: `freeze` of a value that is not poison is that value.
//
// Limitations: It must be the last pass but for VerifyAccesses and GsRelativeAddressing, since
// InstCombine removes the `freeze`.
class PreventLoadNarrowing : public llvm::PassInfoMixin<PreventLoadNarrowing> {
 public:
  // `machine` must outlive the pass.
  explicit PreventLoadNarrowing(const llvm::TargetMachine& machine) : machine_(&machine) {}

  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);

 private:
  const llvm::TargetMachine* machine_;
};

}  // namespace codegen
