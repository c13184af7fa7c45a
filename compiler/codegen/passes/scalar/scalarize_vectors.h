// Computes with scalars where vectors are put together for one operation and taken apart again.
//
// With -msimd128, clang makes vectors of what it takes to be four equal things; to WebAssembly, to
// insert a lane costs as much as to add four. Where the lanes of both operands are scalars, and all
// that is wanted of the result is its lanes, the target does the same in half the instructions with
// scalars: x86 has two micro-operations for each lane that goes to a vector register or back. What
// LLVM's vectoriser makes of the scalars later on, it reckons by the target.
//
// It is sound, being the same operations on the same values.
//
// Worth: libsodium's chacha with -msimd128, 1.34 to 1.1 of native -O3.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class ScalarizeVectors : public llvm::PassInfoMixin<ScalarizeVectors> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
