// XorToSub: replaces a complemented index by a subtraction.
//
// In a loop that clang has unrolled by two, the index i is even, and InstCombine writes n - 2 - i
// as n + (i ^ -2): if i is a multiple of a power of two, complementing its other bits subtracts i
// from minus that power. If all users shift the result left, the upper bits of the mask are
// arbitrary. ScalarEvolution does not understand the `xor`, so an array that is traversed backwards
// seems to be accessed at arbitrary addresses.
//
//   %x = xor i32 %i, -2     =>    %x = sub i32 -2, %i          ; if %i is even
//
// Correctness: Both have the same value in all bits that are used: the low bits of i are known to
// be zero, so the subtraction has no borrow.
//
// Limitations: Only values in loops, whose trailing zeros ScalarEvolution knows.
//
// See also: InstCombine's canonicalization of `sub` from a mask to `xor`, which this pass reverts.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs before IvWidening.
class XorToSub : public llvm::PassInfoMixin<XorToSub> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
