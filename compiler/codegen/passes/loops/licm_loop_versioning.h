// Makes of a loop with an array element that stays the same one that keeps it in a register, for
// when nothing else in the loop overlaps the element.
//
// In `for (j...) c[j] += a * b[j]` with `a` in memory, the stores to c might change a and b: it is
// loaded again each time, and a sum in memory (x[i] += ...) is stored each time. LLVM's utility
// LoopVersioning compares the ranges that the loop accesses, once before it, and gives what does
// not overlap scopes of its own, so that LICM can move the element out. LLVM's own vectoriser makes
// the same comparison but only to vectorise, with the loads inside. The other copy of the loop is
// neither vectorised nor unrolled: it is for programs that do overlap, and should be small.
//
// It is sound for all code: the comparison is made of addresses at run time.
//
// Worth: gemm 2.4 to 0.7 of native -O3.
#pragma once

#include <llvm/Analysis/LoopAccessAnalysis.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Transforms/Utils/ExtraPassManager.h>

namespace codegen {

// Present for a function of which LicmLoopVersioning has versioned a loop: passes in a
// llvm::ExtraFunctionPassManager<HasVersionedLoops> run on such functions alone.
class HasVersionedLoops : public llvm::ShouldRunExtraPasses<HasVersionedLoops>,
                          public llvm::AnalysisInfoMixin<HasVersionedLoops> {
 private:
  friend llvm::AnalysisInfoMixin<HasVersionedLoops>;
  static llvm::AnalysisKey Key;
};

// Makes `loop` the copy that runs if no two of the ranges that `info` compares overlap; its
// accesses say so. False if there is nothing to compare, or too much.
bool versionLoop(llvm::Loop& loop, const llvm::LoopAccessInfo& info, llvm::LoopInfo& loops,
                 llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution);

// Wants loops simplified, and bases separated.
class LicmLoopVersioning : public llvm::PassInfoMixin<LicmLoopVersioning> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
