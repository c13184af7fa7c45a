// LLVM's vectoriser of straight-line code (SLP), with the costs of AVX2 on CPUs with AVX-512.
//
// AVX-512 has vector instructions for rotations and for products of 64-bit integers, so that LLVM's
// cost model takes both for cheap and makes vectors of scalars that a hash or a cipher computes one
// by one. Moving scalars into lanes and back costs more than is gained. With AVX2 both are several
// instructions, and the same code stays scalar. Instructions are still selected for the real CPU.
//
// Correctness: SLPVectorizerPass does the rewriting; only its estimate of the gain differs.
//
// Reference: LLVM's SLPVectorizer. LLVM can raise the required gain as well (-slp-threshold), but
// only for all compilations of a process alike.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>

namespace codegen {

// Runs instead of SLPVectorizerPass where isNeededFor says so.
class SlpWithAvx2Costs : public llvm::PassInfoMixin<SlpWithAvx2Costs> {
 public:
  explicit SlpWithAvx2Costs(llvm::TargetMachine& machine);
  SlpWithAvx2Costs(SlpWithAvx2Costs&&) noexcept;
  ~SlpWithAvx2Costs();

  // Returns whether the CPU has AVX-512.
  static bool isNeededFor(const llvm::TargetMachine& machine);

  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);

 private:
  // The analyses that the vectorizer asks, with the costs of AVX2. Made once for all functions.
  struct Analyses;
  std::unique_ptr<Analyses> analyses_;
};

}  // namespace codegen
