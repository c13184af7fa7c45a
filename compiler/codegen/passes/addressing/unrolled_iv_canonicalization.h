// UnrolledIvCanonicalization: rewrites what loop unrolling and InstCombine have made of induction
// variables to arithmetic that ScalarEvolution understands.
//
// 1. The start of a loop behind a peeled iteration. If clang unrolls a loop from i to n by two, it
// peels an iteration off for odd trip counts:
//
//   if ((n - i) & 1) { ...; start = i + 1; } else { start = i; }
//   for (j = start; j != n; j += 2) ...
//
// The remaining distance n - start is even, but start is a phi of i and i + 1. For all that
// ScalarEvolution knows, j may step over n and wrap, so the trip count is not computable. The pass
// recognizes a phi of x and x + 1 that is controlled by a test of the lowest bit of y, where y - x
// or y + x is simple:
//
//   phi(x, x + 1)     =>    r - (y & -2)          if y = r - x
//                           ((y + 1) & -2) - r    if y = x + r
//
// (and likewise if the other parity is peeled). The evenness is visible in the mask.
//
// 2. A complemented index. In a loop that was unrolled by two the index i is even, and InstCombine
// writes n - 2 - i as n + (i ^ -2): if i is a multiple of a power of two, complementing its other
// bits subtracts i from minus that power. If all users shift the result left, the upper bits of the
// mask are arbitrary. ScalarEvolution does not understand the `xor`, so an array that is traversed
// backwards seems to be accessed at arbitrary addresses.
//
//   %x = xor i32 %i, -2     =>    %x = sub i32 -2, %i          ; if %i is even
//
// Correctness: The phi's replacement has the same value for both outcomes of the test. The
// subtraction has the same value as the `xor` in all bits that are used: the low bits of i are
// known to be zero, so there is no borrow.
//
// Limitations: Peeling by one iteration, that is, unrolling by two. Complements only in loops, of
// values whose trailing zeros ScalarEvolution knows.
//
// See also: loop unrolling with a prologue (LLVM's LoopUnrollRuntime), which creates the first
// shape; InstCombine's canonicalization of `sub` from a mask to `xor`, which creates the second.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs before IvWidening, which needs the trip counts.
class UnrolledIvCanonicalization : public llvm::PassInfoMixin<UnrolledIvCanonicalization> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
