// FuelLoopVersioning: versions loops that count, so that one version checks no fuel.
//
//   loop of at most n + 1 iterations, each of which takes at most k units:
//
//     check(fuel)                       if (n * k <= fuel)
//     ...                          =>     the loop without the check
//     fuel -= 2 or 5                    else
//                                         the loop as before
//
// The version without the check is like a loop of code that does not count, but for one variable
// more: it can be vectorized, and its accesses can be probed (HoistBoundsProbes).
//
// Correctness: in the version without the check, the check would not find negative fuel, since it
// is at least what it was before the loop, minus n * k. So both versions trap alike and count
// alike.
//
// Limitations: Innermost loops without calls, in which a number of iterations is known before the
// loop.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified form, and does not preserve it.
class FuelLoopVersioning : public llvm::PassInfoMixin<FuelLoopVersioning> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
