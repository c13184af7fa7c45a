// Lets loads from linear memory be merged without losing one that must trap.
//
// A load out of bounds must trap also where nobody uses its value, so that loads are emitted
// volatile; and volatile loads are neither merged nor moved. InsertFakeUses makes ordinary ones of
// them, each with a `llvm.fake.use` of its value. RemoveFakeUses makes those volatile again that
// the anchored values have come to consist of. Between the two may stand what merges equal loads,
// takes for a load what has just been stored there, and moves loads out of loops; and nothing that
// computes with values, for which an anchor is no bar.
//
// It is sound. A load that is gone has given way to a load of the same place, which is anchored as
// well and becomes volatile, or to a store to it, which LLVM keeps: what removes overwritten stores
// is left out of the pipeline. A load that was moved traps before the loop does anything.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class InsertFakeUses : public llvm::PassInfoMixin<InsertFakeUses> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

class RemoveFakeUses : public llvm::PassInfoMixin<RemoveFakeUses> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
