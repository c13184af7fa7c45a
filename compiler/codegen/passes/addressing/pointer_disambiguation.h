// PointerDisambiguation: gives each array that a loop accesses an underlying object of its own.
//
// To LLVM a linear memory is one object. If dependence analysis does not know the distance between
// two accesses to the same object, it compares all pointers to that object with each other at run
// time, including those to the same array, and gives up if there are too many. This pass forms
// groups of accesses whose distances are constants and freezes the start of each group:
//
//   %p = gep %memory, %a         =>    %base = freeze ptr (gep %memory, %a)
//   load %p; load %p + 8               load %base; load %base + 8
//
// `freeze` generates no code, but llvm::getUnderlyingObject does not look through it. Distances
// within a group are then known at compile time, and only groups are compared at run time.
//
// Correctness: `freeze` of a pointer that is not poison is that pointer. Alias analysis assumes
// that two underlying objects are distinct only if both are identified objects (allocations,
// noalias); a frozen pointer is none.
//
// Limitations: Innermost loops with a computable trip count of which all accesses have invariant or
// affine addresses, with at least two groups and one store.
//
// See also: LoopAccessAnalysis (RuntimePointerChecking), whose groups depend on underlying objects.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified form and widened addresses. Runs right before loop vectorization.
class PointerDisambiguation : public llvm::PassInfoMixin<PointerDisambiguation> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
