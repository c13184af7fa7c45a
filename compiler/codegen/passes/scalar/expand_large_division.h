// Divisions of more than 64 bits as loops over bits.
//
// No instruction of WebAssembly divides so wide, but ScalarEvolution does, to tell how often a loop
// of 64-bit numbers goes round. The back end would call the compiler's library, which artifacts do
// not have. Such a division is made once before a loop, if at all, so that it may be slow.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class ExpandLargeDivision : public llvm::PassInfoMixin<ExpandLargeDivision> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
