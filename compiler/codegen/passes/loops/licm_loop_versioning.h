// LicmLoopVersioning: versions loops so that loop-invariant memory locations can be promoted to
// registers.
//
// In `for (j...) c[j] += a[0] * b[j]`, the stores to c might overlap a[0] and b, so a[0] is loaded
// in each iteration. Likewise a sum in memory (x[i] += ...) is stored in each iteration. This pass
// compares the ranges that the loop accesses once, before the loop, and adds alias scopes to the
// version of the loop that runs if the ranges do not overlap. LICM then hoists the load and sinks
// the store:
//
//   if (ranges overlap) loop as before            // neither vectorized nor unrolled
//   else loop with !alias.scope and !noalias
//
// LLVM's vectorizer makes the same comparison, but later, and it does not hoist the loads.
//
// Correctness: The addresses are compared at run time.
//
// Limitations: Innermost, rotated loops with one exit that have both a loop-invariant access and a
// store to another address.
//
// See also: LLVM's LoopVersioningLICM, which requires that all accesses of the loop may be moved;
// this pass uses the same utility, LoopVersioning.
#pragma once

#include <llvm/Analysis/LoopAccessAnalysis.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Transforms/Utils/ExtraPassManager.h>

namespace codegen {

// An analysis result that is cached for functions in which LicmLoopVersioning has versioned a loop.
// Passes in a llvm::ExtraFunctionPassManager<HasVersionedLoops> run on such functions only.
class HasVersionedLoops : public llvm::ShouldRunExtraPasses<HasVersionedLoops>,
                          public llvm::AnalysisInfoMixin<HasVersionedLoops> {
 private:
  friend llvm::AnalysisInfoMixin<HasVersionedLoops>;
  static llvm::AnalysisKey Key;
};

// Versions `loop`. `loop` becomes the version that runs if none of the ranges in `info` overlap;
// its accesses have alias scopes that say so. Returns false, and changes nothing, if there are no
// ranges to compare or too many. Updates `loops` and `dominators`.
bool versionLoop(llvm::Loop& loop, const llvm::LoopAccessInfo& info, llvm::LoopInfo& loops,
                 llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution);

// Requires loops in simplified form, and the bases of PointerDisambiguation.
class LicmLoopVersioning : public llvm::PassInfoMixin<LicmLoopVersioning> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
