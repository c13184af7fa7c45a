// Loads from linear memory that must trap where they are out of bounds.
#pragma once

#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PassManager.h>

namespace codegen {

// `instruction`, if it is a load that nothing else shows to be in bounds. Those are volatile, and
// no others. Null if it is not.
inline llvm::LoadInst* asTrappingLoad(llvm::Instruction& instruction) {
  auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction);
  return load != nullptr && load->isVolatile() && !load->isAtomic() ? load : nullptr;
}

// What a pass preserves that adds accesses, or changes whether loads are volatile, if it has.
inline llvm::PreservedAnalyses preservedBesideAccesses(bool hasChanged) {
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  preserved.preserve<llvm::ScalarEvolutionAnalysis>();
  return preserved;
}

}  // namespace codegen
