// Makes 64-bit recurrences of the 32-bit ones that address memory in loops.
//
// `base + zext(index)`, where the index grows by a constant in each iteration, is opaque to LLVM:
// the index might wrap at 2^32. Nothing that wants to know the stride or the range of the accesses
// (the vectorisers, dependence analysis, strength reduction) gets anywhere. This pass shows that
// the index does not wrap, because an access that traps stands in the way, and then writes
// `(base + zext(start)) + step * iteration`. There is no check at run time, and no second copy.
//
// Why it holds. No memory has more than 65,535 pages (kHeadroomAttribute), and there are 64 KiB of
// guard before each. Let W be the widened index, congruent to the index modulo 2^32 by
// construction. It has to be shown that an access at W does what one at the index does.
//
// - W < 2^32 in every iteration. The start is zero-extended, so that it is exact. An access with
//   offset o that has succeeded at an index X shows X < 2^32 - 64 KiB - o. If in each iteration one
//   is made at W - d, and step + d <= 64 KiB, then either W - d >= 0, so that W + step < 2^32; or
//   W - d wraps to one of the last d addresses below 2^32, where the access traps and there is no
//   next iteration.
// - W >= 0 need not hold of an access without offset: from -64 KiB up to 0, W is in the guard, and
//   the index above 2^32 - 64 KiB. Both trap. So indices that differ by constants (a[i - 1], a[i])
//   are widened together, as negative distances from the greatest; and a recurrence may go down in
//   small steps, where an access that is made in each iteration stops it within the guard. An
//   offset would lift such an access back into the memory, so they are left alone there.
//
// Where a loop is around another, what the inner one accesses at first vouches for the outer one.
//
// That is an argument by accesses having trapped: they are volatile loads, stores, and accesses
// behind a compare that traps, all of which stay where they are as long as nothing else shows the
// loop to be in bounds (docs/traps.md).
//
// The loop then ends by the number of iterations, where that can be told
// (linear_test_replacement.h).
//
// Worth: jacobi-2d 2.5 to 0.7 of native -O3, gemm 2.6 to 0.7 together with what it makes possible.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Wants loops simplified. Before LLVM's own widening of induction variables, which would otherwise
// take the same indices and lose the trip counts.
class IvWidening : public llvm::PassInfoMixin<IvWidening> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
