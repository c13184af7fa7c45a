// ScalarizeVectors: scalarizes vector operations whose operands are built from scalars and whose
// results are used lane by lane.
//
// With -msimd128, clang's SLP vectorizer counts the insertion of a lane like any other instruction.
// On the target, moving a scalar to or from a vector register is expensive (two micro-operations on
// x86 for each lane), so the scalar operations are faster:
//
//   %v = insertelement x 4, add %v, %w, extractelement x 4     =>    add x 4
//
// LLVM's vectorizers run later and may vectorize the scalars again, with the target's costs.
//
// Correctness: The scalar operations are those of the lanes, with the same flags.
//
// Limitations: Binary operations on vectors of at most four lanes. Users outside of the loop may
// use the whole vector, since they are executed once.
//
// See also: LLVM's Scalarizer, which scalarizes everything, and VectorCombine, which scalarizes
// single operations.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs before the vectorizers.
class ScalarizeVectors : public llvm::PassInfoMixin<ScalarizeVectors> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
