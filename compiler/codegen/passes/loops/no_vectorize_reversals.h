// NoVectorizeReversals: disables vectorization of loops that reverse an array in place.
//
// `while (low < high) swap(a[low++], a[high--])` reverses the digits of a number, the letters of a
// word, or part of a permutation, and has few iterations. LLVM's vectorizer would compute the trip
// count and run-time checks in front of it, which takes about half as long as the loop. The pass
// sets `llvm.loop.vectorize.enable` to false for such loops. In native code the vectorizer refuses
// them, since both pointers have the same underlying object; here PointerDisambiguation has made
// them distinct.
//
// Correctness: Only metadata changes.
//
// Limitations: Innermost loops that exit when two induction variables of opposite direction meet,
// and that store in both directions.
//
// See also: the minimum trip count check of LLVM's LoopVectorize, which needs profile data here.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified and rotated form, and widened addresses.
class NoVectorizeReversals : public llvm::PassInfoMixin<NoVectorizeReversals> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
