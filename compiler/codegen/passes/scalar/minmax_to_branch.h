// Keeps running minima and maxima by a branch where loads may be late.
//
// `best = max(best, x)` in a loop is a conditional move, which waits for `x` and for the `best` of
// the iteration before: one load that misses the cache holds up all that follow. But the more a
// running maximum has seen, the rarer it changes: of n numbers in no particular order, the
// logarithm of n times. So a branch is predicted well, and nothing waits for it. This pass says so
// to the back end, by weights of a `select`.
//
// Only where `x` depends on a load that steps by a cache line and more, or to no regular place, so
// that it may well be late. What steps by less becomes vectors, or is there in time.
//
// Sound, since a `select` is what minimum and maximum mean.
//
// Nussinov's algorithm, a maximum over sums of a row and a column, takes 0.80 of native `-O3`,
// which keeps the conditional move, instead of 0.98; with a matrix of 25 MB 0.73 instead of 0.96.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// After InstCombine, which would make the intrinsic again.
class MinMaxToBranch : public llvm::PassInfoMixin<MinMaxToBranch> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
