// LoopReroll: reverts unrolling and fixed-width vectorization of loops.
//
// `clang -O3` unrolls small loops for WebAssembly by two to eight, and with -msimd128 vectorizes
// them with vectors of 128 bits. Both are a disadvantage for LLVM's vectorizer: unrolled bodies
// look like interleaved accesses, which need shuffles, and existing vectors are not widened to
// those of the target. This pass recognizes that a loop body consists of several iterations of a
// simpler loop (UnrolledIterations) and replaces it by that loop:
//
//   for (i = 0; i != n; i += 2) {            for (i = 0; i != n; i += 1)
//     a[i] = b[i] + 1;                  =>     a[i] = b[i] + 1;
//     a[i + 1] = b[i + 1] + 1; }
//
// The pass does not depend on clang: loops that were unrolled by hand are handled as well.
//
// Correctness: The simpler loop makes the same accesses at the same addresses. Addresses and other
// induction variables are computed from the start and the number of the iteration, and not from the
// unrolled body, in which expressions such as `i | 1` may be valid for every k-th iteration only.
// The order of the accesses changes: the simpler loop executes them iteration by iteration, and
// lane by lane within vectors. Any two accesses that overlap, one of them a store, must keep their
// order. That follows from constant distances or from alias scopes; if it does not, the loop is
// versioned. A load that several iterations share is executed by each of them. The trip count is
// computed before the loop, as it was. All accesses are non-trapping ones or stores in the original
// order.
//
// Limitations: Single-block loops. Floating-point reductions are not rerolled, since they will not
// be vectorized. Vectors are rerolled only if the target has wider ones.
//
// See also: LLVM's former LoopReroll pass, which handled unrolled scalar loops.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified form, widened addresses and the bases of PointerDisambiguation. Runs
// right before loop vectorization.
class LoopReroll : public llvm::PassInfoMixin<LoopReroll> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
