// LowerReferenceStores: replaces each call of kStoreReference by a store and the write barrier.
//
//   call void @wasm2obj.store(...)    =>    store ptr %reference, ptr %address
//                                           state->allocation.cards[%address >> 7] = 1
//
// The collector is generational: a minor collection finds references from old objects to young ones
// by the cards (runtime/gc/heap.h).
//
// Correctness: after this pass, no pass of LLVM moves a store across a call that may collect, since
// such a call may read all memory. Before it, the store and its barrier are one instruction.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class LowerReferenceStores : public llvm::PassInfoMixin<LowerReferenceStores> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
