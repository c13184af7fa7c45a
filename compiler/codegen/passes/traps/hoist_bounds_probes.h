// HoistBoundsProbes: replaces the traps of a loop's accesses by probes in the preheader.
//
// A volatile load cannot be vectorized. If the trip count of a loop is computable, this pass loads
// the last byte that the loop accesses of each array once, before the loop, by a load that stays
// volatile (a probe). If no probe traps, no access of the loop traps, so the loads of the loop
// become non-volatile:
//
//   loop:                                  preheader:
//     %x = load volatile ptr a[i]            load volatile ptr a[n - 1]
//     store %x, ptr b[i]             =>      load volatile ptr b[n - 1]
//     i += 1, until i == n                 loop:
//                                            %x = load ptr a[i] ...
//
// Correctness: The loop has a single exit, in its latch, and nothing but an out-of-bounds access
// can stop it earlier. An access that is executed in each iteration is therefore executed in the
// first and in the last one, unless another access has trapped before. So a probe traps only if the
// loop would have trapped. The trap is earlier, before the loop has stored anything, and has the
// same kind. An access that is executed in some iterations only is made non-volatile if it lies
// between the lowest and the highest byte of those that are executed in all.
//
// Addresses have 64 bits and do not wrap (iv_widening.h), and a memory has headroom at its end
// (kHeadroomAttribute). The start and the trip count are under the guest's control, so an address
// outside of the memory's reservation is replaced by one that is known to trap. A start before the
// memory is detected by a compare, since a contiguous memory is in bounds between two addresses
// that are.
//
// Limitations: Innermost, rotated loops with one exit, whose accesses are loop-invariant or affine
// with a constant step. Loops that the vectorizer will not vectorize are left alone. A loop with
// several stores that cannot be probed is marked as not to be vectorized, since a vector of one
// store could be executed before an access of an earlier iteration traps.
//
// See also: LLVM's InductiveRangeCheckElimination and LoopPredication, which hoist explicit checks;
// Würthinger et al., "Array Bounds Check Elimination for the Java HotSpot Client Compiler", 2007.
#pragma once

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified and rotated form, and addresses widened by IvWidening.
class HoistBoundsProbes : public llvm::PassInfoMixin<HoistBoundsProbes> {
 public:
  // Returns true if `loop`, or the loop that it is a copy of, was probed: no access in it traps.
  static bool hasProbed(const llvm::Loop& loop);

  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
