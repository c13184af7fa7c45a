// ExpandLargeDivision: expands integer divisions of more than 64 bits to loops over bits.
//
// WebAssembly has no such division, but ScalarEvolution creates some to compute the trip counts of
// loops with 64-bit counters. The back end would lower them to calls of compiler-rt (__udivti3),
// which artifacts do not contain. They are executed once, before a loop, so their speed is not
// important.
//
// See also: LLVM's ExpandLargeDivRem, whose utility functions this pass uses.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs after the last pass that may create divisions.
class ExpandLargeDivision : public llvm::PassInfoMixin<ExpandLargeDivision> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
