// MinMaxToBranch: keeps a running minimum or maximum by a branch if its operand may be late.
//
// `best = max(best, x)` in a loop is a conditional move, which waits for `x` and for `best` of the
// previous iteration. A load of `x` that misses the cache delays all later iterations. A branch is
// predicted, so nothing waits; and it is predicted well, since a running maximum of n numbers in
// random order changes about log n times. The pass replaces the intrinsic by a `select` with branch
// weights, which makes the back end emit a branch:
//
//   %m = smax(%x, %best)     =>    %c = icmp sgt %x, %best
//                                  %m = select %c, %x, %best, !prof {1, 2000}
//
// Correctness: That `select` is the definition of the intrinsic.
//
// Limitations: Innermost loops in which `x` depends on a load whose address advances by at least a
// cache line, or irregularly. With a smaller step the loop is vectorized or the data arrive in
// time. If the maximum changes often, the branch is mispredicted; nothing is known about that at
// compile time.
//
// See also: LLVM's SelectOptimize and the x86 cmov conversion pass, which decide by loop-carried
// dependences and profiles; GCC's if-conversion cost model.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs after the last InstCombine, which would restore the intrinsic.
class MinMaxToBranch : public llvm::PassInfoMixin<MinMaxToBranch> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
