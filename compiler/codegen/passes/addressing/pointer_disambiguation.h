// Gives each array that a loop goes through a pointer of its own.
//
// To LLVM all of a linear memory is one object, so that its dependence analysis, where it does not
// know the distance between two accesses, compares each pointer with each other at run time, those
// to the same element among them, and gives up. A `freeze` of the pointer at which a group of
// accesses (those whose distances are constant) starts makes an object of its own of the group for
// analyses that look for objects, and costs no instruction. Then distances within a group are told
// at compile time, those between groups at run time.
//
// It is always right: analyses take two objects for distinct only where they know both to be
// allocated or to be `noalias`, which is not said of these.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Wants loops simplified and addresses widened, right before loops are vectorised.
class PointerDisambiguation : public llvm::PassInfoMixin<PointerDisambiguation> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
