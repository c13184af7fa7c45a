// LowerAllocations: replaces each call of kNewObject and kNewArray by the allocation itself.
//
//   %o = call ptr @wasm2obj.new(...)  =>    %o = state->allocation.cursor
//                                           %end = %o + size
//                                           if (%end > state->allocation.limit)
//                                             %o = builtin allocateObject(...), trap if null
//                                           else state->allocation.cursor = %end
//
// Until then LLVM sees a function like malloc, and removes objects that do not escape. A collection
// can happen in the builtin only.
//
// Correctness: a collection reads the header of each object, and the fields and elements that refer
// to objects. The pass stores them right after the allocation, unless the same block stores to them
// before the next instruction that can collect. So it does not matter how LLVM has moved the stores
// that initialize the object.
//
// Limitations: Allocations in one block are not merged. A loop that fills an array is not
// vectorized.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class LowerAllocations : public llvm::PassInfoMixin<LowerAllocations> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
