// IvWidening: widens 32-bit induction variables that address linear memory to 64 bits.
//
// In `base + zext(index)`, the 32-bit index may wrap. Unless ScalarEvolution can rule that out, the
// address is no affine recurrence, and vectorizers, dependence analysis and strength reduction know
// neither its stride nor its range. This pass proves that the index does not wrap before an access
// traps, and rewrites the address:
//
//   loop:                                  preheader:
//     %i = phi i32 [%start], [%next]         %first = gep %base, zext %start
//     %w = zext i32 %i to i64              loop:
//     %p = gep %base, %w             =>      %passed = phi i64 [0], [%passed + step]
//     load volatile %p                       %current = gep %first, %passed
//     %next = add i32 %i, step               load volatile %current
//
// There is no check at run time and no second version of the loop.
//
// Correctness: No memory of a function with kHeadroomAttribute has more than 65,535 pages, and
// 64 KiB of guard precede each memory. Let W be the widened index, which is congruent to the index
// modulo 2^32. It has to be shown that an access at W does the same as an access at the index.
//
// - W < 2^32 in every iteration. The start is zero-extended, so it is exact. If an access with
//   offset o succeeds at an index X, then X < 2^32 - 64 KiB - o. Assume that each iteration makes
//   an access at W - d, with step + d <= 64 KiB. If W - d >= 0, then W + step < 2^32. Otherwise W -
//   d wraps to one of the last d addresses below 2^32, where the access traps, so there is no next
//   iteration.
// - For an access without offset, W may be negative: if -64 KiB <= W < 0, the address of W is in
// the
//   guard before the memory, and the index is above 2^32 - 64 KiB, so both trap. Indices that
//   differ by constants (a[i - 1], a[i]) are therefore widened as one group, at negative distances
//   from the greatest. A recurrence may also have a small negative step, if an access in each
//   iteration traps in the guard. An access with an offset could reach back into the memory and is
//   excluded there.
//
// The start of an inner loop's recurrence is itself a recurrence of the outer loop; the accesses of
// the inner loop's first iteration prove that it does not wrap. The argument relies on accesses
// that trap: volatile loads, stores, and accesses behind an explicit check. All of them stay in
// place until another proof has made them redundant (docs/traps.md).
//
// Limitations: Affine recurrences with a constant step in loops in simplified form; offsets below
// 2^31; functions whose memories are all limited to 65,535 pages.
//
// See also: LLVM's IndVarSimplify, which widens induction variables that carry no-wrap flags; it
// runs later, with trip counts that this pass has made computable (linear_test_replacement.h).
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified form. Runs before IndVarSimplify, which would otherwise widen the
// same indices in a form whose trip count is not computable.
class IvWidening : public llvm::PassInfoMixin<IvWidening> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
