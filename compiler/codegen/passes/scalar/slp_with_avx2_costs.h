// SlpWithAvx2Costs: vectorizes straight-line code, on CPUs with AVX-512 by the costs of AVX2.
//
// AVX-512 has vector instructions for rotations and for products of 64-bit integers. LLVM's cost
// model therefore takes both for cheap, and vectorizes the scalar steps of hashes and ciphers.
// Moving the scalars into lanes and back costs more than is gained. With AVX2 both are several
// instructions, and the same code stays scalar:
//
//   %a1 = mul i64 %a, %a     =>    the same; LLVM with the costs of AVX-512 would insert %a and %b
//   %b1 = mul i64 %b, %b           into a <2 x i64>, multiply, and extract both products
//
// Correctness: SLPVectorizerPass does the rewriting; only its estimate of the gain differs.
//
// Limitations: Only the estimate is that of AVX2. Instructions are selected for the real CPU.
//
// See also: LLVM's SLPVectorizer. Its option -slp-threshold raises the required gain, but for all
// compilations of a process.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// Runs instead of SLPVectorizerPass where isNeededFor says so.
class SlpWithAvx2Costs : public llvm::PassInfoMixin<SlpWithAvx2Costs> {
 public:
  // The machine must outlive the pass.
  explicit SlpWithAvx2Costs(const llvm::TargetMachine& machine) : machine_(&machine) {}

  // Returns whether the CPU has AVX-512.
  static bool isNeededFor(const llvm::TargetMachine& machine);

  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);

 private:
  const llvm::TargetMachine* machine_;
};

}  // namespace codegen
