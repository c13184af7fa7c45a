// PeeledIvStarts: replaces the start of a loop behind a peeled iteration by arithmetic.
//
// If clang unrolls a loop from i to n by two, it peels an iteration off for odd trip counts:
//
//   if ((n - i) & 1) { ...; start = i + 1; } else { start = i; }
//   for (j = start; j != n; j += 2) ...
//
// The remaining distance n - start is even, but start is a phi of i and i + 1. For all that
// ScalarEvolution knows, j may step over n and wrap, so the trip count is not computable. This pass
// recognizes a phi of x and x + 1 that is controlled by a test of the lowest bit of y, where y - x
// or y + x is simple:
//
//   phi(x, x + 1)     =>    r - (y & -2)          if y = r - x
//                           ((y + 1) & -2) - r    if y = x + r
//
// (and likewise if the other parity is peeled). The evenness is visible in the mask.
//
// Correctness: The replacement has the same value for both outcomes of the test.
//
// Limitations: Peeling by one iteration, that is, unrolling by two.
//
// See also: loop unrolling with a prologue (LLVM's LoopUnrollRuntime), which creates this shape.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs before IvWidening, which needs the trip counts.
class PeeledIvStarts : public llvm::PassInfoMixin<PeeledIvStarts> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
