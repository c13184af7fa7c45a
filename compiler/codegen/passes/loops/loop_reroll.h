// Rolls loops up again that have been unrolled or made into vectors for WebAssembly.
//
// `clang -O3` unrolls small loops for WebAssembly, by two to eight, and with -msimd128 makes
// vectors of 128 bits of them. LLVM's vectoriser finds interleaved accesses then, where there was
// one array after the other, and shuffles more than it computes; and it leaves vectors alone,
// however wide those of the target are. This pass finds that a loop's body is the same thing
// several times, for elements that follow one another (UnrolledIterations), and puts a loop in its
// place that does it once, for one element, as often as before in total. It knows nothing about
// clang: loops unrolled by hand are as good.
//
// It is sound, since the simpler loop makes the same accesses at the same addresses. Addresses and
// other values that advance are computed anew, from the start and the number of the iteration, and
// not from what was found to hold every k-th time only. The order of accesses is by strands then,
// and within a strand of vectors by lanes; it has to be the one before as far as two overlap of
// which one is a store. Distances tell that, or metadata of what has been compared at run time; if
// neither does for vectors, the loop is versioned for it. A load that several strands share is made
// by each of them. An access that traps comes after the same ones as before, up to ordinary ones to
// other places, and the number of iterations is computed before the loop, as it was.
//
// Sums of floating-point numbers are left alone: they are not made into vectors in any case.
//
// Worth, over native -O3: jacobi-1d 1.35 to 0.58 of scalar wasm; gemm 0.95 to 0.73, heat-3d 0.88 to
// 0.58, jacobi-2d 1.08 to 0.68 and meshoptimizer 1.04 to 0.76 of SIMD wasm.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Wants loops simplified, addresses widened and bases separated, right before loops are vectorised.
class LoopReroll : public llvm::PassInfoMixin<LoopReroll> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
