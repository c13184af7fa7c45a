// TrapSafeLicm: loop-invariant code motion that keeps the traps of stores.
//
// LLVM's LICM promotes a memory location to a register: it hoists the load and sinks the store
// behind the loop. A store to linear memory may trap, and must do so before later effects of the
// program. If the loop has no end, or another store of it traps, a sunk store would trap too late
// or never.
//
// Correctness: Loads are hoisted from any loop; they trap before the loop has any effect. Stores
// are sunk only from loops that HoistBoundsProbes has probed. Nothing in such a loop traps, and its
// trip count is finite.
//
// See also: LLVM's LICM, which this pass runs with its scalar promotion switched on or off.
#pragma once

#include <llvm/Analysis/LoopAnalysisManager.h>
#include <llvm/Transforms/Scalar/LICM.h>

namespace codegen {

// A loop pass. Requires MemorySSA.
class TrapSafeLicm : public llvm::PassInfoMixin<TrapSafeLicm> {
 public:
  // Returns options that disable scalar promotion, for LLVM's own LICM passes in the pipeline.
  static llvm::LICMOptions withoutStores();

  llvm::PreservedAnalyses run(llvm::Loop& loop, llvm::LoopAnalysisManager& analyses,
                              llvm::LoopStandardAnalysisResults& results,
                              llvm::LPMUpdater& updater);
};

}  // namespace codegen
