#include "compiler/codegen/passes/scalar/prevent_store_narrowing.h"

#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>

namespace codegen {
namespace {

// Returns true if the store writes an integer to what may be linear memory.
bool mayBeNarrowed(const llvm::StoreInst& store) {
  return store.isSimple() && store.getValueOperand()->getType()->isIntegerTy() &&
         !llvm::isa<llvm::AllocaInst>(llvm::getUnderlyingObject(store.getPointerOperand()));
}

}  // namespace

llvm::PreservedAnalyses PreventStoreNarrowing::run(llvm::Function& function,
                                                   llvm::FunctionAnalysisManager&) {
  if (!function.hasFnAttribute(kSharedMemoryAttribute)) return llvm::PreservedAnalyses::all();
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* store = llvm::dyn_cast<llvm::StoreInst>(&instruction);
    if (store != nullptr && mayBeNarrowed(*store)) store->setVolatile(true);
  }
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
