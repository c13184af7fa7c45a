// LowerAllocations: replaces each call of kNewObject by the allocation itself.
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
// Correctness: a collection reads the type word of each object, and the fields that refer to
// objects. The pass stores the type word, and null to each such field, right after the allocation,
// unless the same block stores to them before the next instruction that can collect.
//
// Limitations: Allocations in one block are not merged.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class LowerAllocations : public llvm::PassInfoMixin<LowerAllocations> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
