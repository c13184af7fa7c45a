// ZextPlacement: places zero extensions of memory indices at the definition of the index.
//
// An address is `base + zext(index)`. An instruction that computes a 32-bit value clears the upper
// half of its register, so an extension right behind it is free. In another block, or behind a phi,
// the back end does not know that the upper half is zero and emits a move before each access.
// LLVM's InstCombine puts extensions there: behind the phi, next to the access.
//
//   %i = phi i32 [%a], [%b]              %i = phi i64 [zext %a], [zext %b]
//   %w = zext i32 %i to i64       =>     ; users of %w use %i
//   ; other users of %i                  ; other users use trunc %i, which is free
//
// Correctness: Every value stays the same. Unlike IvWidening, no arithmetic becomes 64 bits wide,
// so nothing has to be known about wrapping.
//
// Limitations: An extension of a parameter or of a call's result is an instruction; it is moved
// only if block frequencies say that it is executed less often than those that it replaces. Phis
// that depend on each other are widened together or not at all.
//
// See also: sign-extension elimination: Kawahito, Komatsu, Nakatani, "Effective Sign Extension
// Elimination", PLDI 2002; GCC's -free pass (redundant extension elimination).
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs after the last InstCombine, which would move the extensions back behind the phis.
class ZextPlacement : public llvm::PassInfoMixin<ZextPlacement> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
