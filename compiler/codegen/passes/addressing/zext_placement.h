// Makes 32-bit values that address memory rest in registers as 64-bit ones.
//
// An address is `base + zext(index)`. What computes an index in 32 bits also clears the upper half
// of its register, so that the extension costs nothing there; but anywhere else, in another block
// or behind a phi, the back end knows no more of the register than 32 bits, and copies it to itself
// before each access. LLVM puts the extension there: behind the phi, next to the access.
//
// This pass puts it where the value is made, and makes phis of extended values. All other users
// take the lower half, which is no instruction.
//
// Sound, since every value remains what it was. Nothing is made to compute in 64 bits, unlike in
// IvWidening, which needs to know that nothing wraps.
//
// Where an extension is an instruction after all (of a parameter, of a call's result) it comes only
// if it is executed less often than those that it replaces.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// After all that simplifies IR, for InstCombine puts extensions behind phis.
class ZextPlacement : public llvm::PassInfoMixin<ZextPlacement> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
