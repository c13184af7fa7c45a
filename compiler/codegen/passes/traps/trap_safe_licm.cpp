#include "compiler/codegen/passes/traps/trap_safe_licm.h"

#include "compiler/codegen/passes/traps/hoist_bounds_probes.h"

namespace codegen {

llvm::LICMOptions TrapSafeLicm::withoutStores() {
  llvm::LICMOptions options;
  // The number of accesses above which LICM promotes nothing.
  options.MssaNoAccForPromotionCap = 0;
  return options;
}

llvm::PreservedAnalyses TrapSafeLicm::run(llvm::Loop& loop, llvm::LoopAnalysisManager& analyses,
                                          llvm::LoopStandardAnalysisResults& results,
                                          llvm::LPMUpdater& updater) {
  llvm::LICMOptions options =
      HoistBoundsProbes::hasProbed(loop) ? llvm::LICMOptions() : withoutStores();
  return llvm::LICMPass(options).run(loop, analyses, results, updater);
}

}  // namespace codegen
