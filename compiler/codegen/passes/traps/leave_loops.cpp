#include "compiler/codegen/passes/traps/leave_loops.h"

#include "compiler/codegen/passes/traps/probe_loops.h"

namespace codegen {

// A loop with more accesses than this keeps its stores.
llvm::LICMOptions LeaveLoops::withoutStores() {
  llvm::LICMOptions options;
  options.MssaNoAccForPromotionCap = 0;
  return options;
}

llvm::PreservedAnalyses LeaveLoops::run(llvm::Loop& loop, llvm::LoopAnalysisManager& analyses,
                                        llvm::LoopStandardAnalysisResults& results,
                                        llvm::LPMUpdater& updater) {
  llvm::LICMOptions options = ProbeLoops::hasProbed(loop) ? llvm::LICMOptions() : withoutStores();
  return llvm::LICMPass(options).run(loop, analyses, results, updater);
}

}  // namespace codegen
