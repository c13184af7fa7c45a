// Checks that no access has been lost which may trap: the end of docs/traps.md's argument, tried on
// the code at hand.
//
// Of each mark (access_mark.h), something must be left that traps in its place: a volatile load or
// a store that goes as far from the same address, and that has been made before, or is made in any
// case before anything that could be seen. That is the access itself, or what it was merged with,
// or what vouches for it. Where there is nothing, the process ends with a message.
//
// What is left says in its metadata `wasm.accesses` for which instructions of the module it stands,
// by their offsets.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Removes the marks.
class VerifyAccesses : public llvm::PassInfoMixin<VerifyAccesses> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
