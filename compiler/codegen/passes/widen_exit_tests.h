// Makes loops end by 64-bit comparisons where their 32-bit ones compare a 64-bit value cut off.
//
// After WidenAddresses LLVM finds that a loop's 32-bit counter is the lower half of the 64-bit one
// that addresses memory, and keeps only that: the loop ends when the lower half equals a constant,
// which costs two instructions to cut off, and obscures the number of iterations.
//
// A counter that starts at a constant and grows by a constant, without wrapping at 2^64, comes by
// every multiple of its step. If the constant that ends the loop is one of them, it is the first
// value whose lower half is that constant, so that the whole can be compared as well, provided that
// it is compared in each iteration.
//
// Worth: floyd-warshall 1.15 to 1.06 of native -O3.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class WidenExitTests : public llvm::PassInfoMixin<WidenExitTests> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
