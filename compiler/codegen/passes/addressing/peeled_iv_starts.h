// Writes down where loops start that follow a peeled iteration, so that their trips can be counted.
//
// Of a loop from i to n that clang has unrolled by two, the odd iteration comes first: `if (n - i &
// 1) { ...; i += 1 }`. What is left is even, but that is hidden in a phi of i and i + 1. The loop
// ends when i equals n, and for all LLVM knows i might step over n and wrap, so that it cannot tell
// how often the loop goes round, widen its addresses or make vectors of it. Here such a phi, of x
// and x + 1 where a test of the lowest bit of y has decided, becomes arithmetic: with y = r - x, it
// is r - (y & -2), and with y = x + r it is (y + 1 & -2) - r, of which the evenness can be seen.
//
// It is sound, being the same number.
//
// Worth: ludcmp, of whose triangular loop clang peels an iteration, 1.8 to 0.84 of native -O3.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class PeeledIvStarts : public llvm::PassInfoMixin<PeeledIvStarts> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
