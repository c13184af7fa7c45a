// Loads from linear memory that must trap if they are out of bounds.
#pragma once

#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PassManager.h>

namespace codegen {

// Returns `instruction` if it is a load that must trap, otherwise null. Exactly these loads are
// volatile (docs/traps.md).
inline llvm::LoadInst* asTrappingLoad(llvm::Instruction& instruction) {
  auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction);
  return load != nullptr && load->isVolatile() && !load->isAtomic() ? load : nullptr;
}

// Returns the analyses that are preserved by a pass that at most adds accesses or changes whether
// loads are volatile.
inline llvm::PreservedAnalyses preservedBesideAccesses(bool hasChanged) {
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  preserved.preserve<llvm::ScalarEvolutionAnalysis>();
  return preserved;
}

}  // namespace codegen
