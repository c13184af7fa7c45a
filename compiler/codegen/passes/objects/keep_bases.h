// KeepBases: keeps the base of an array alive until the last access to an element.
//
//   loop:                                  loop:
//     %p = gep %array, %i            =>      %p = gep %array, %i
//                                            call void asm sideeffect "", "X"(ptr %array)
//     %x = load %p                           %x = load %p
//     call @f()                              call @f()
//
// The collector finds an object if a register or a word on a stack contains an address inside of
// it, or right behind it. LLVM may compute addresses of elements from another value, for example
// `array - 8 * start` for an index that begins at `start`. If only that value is live when @f
// allocates, the collector frees the array. The empty asm is a use of the array itself, which
// therefore is in a register or on the stack during the call.
//
// The pass runs behind all others that work on LLVM IR. The machine code passes, among them loop
// strength reduction, neither remove the asm nor move calls across it.
//
// Correctness: of each access through an address that was computed with an index, no instruction
// that can collect is between the asm and the access. If the access is in loops without such
// instructions, the asm is in front of the outermost one, where it does not cost registers. An
// address with a constant distance from the start of an object is inside of it, and needs no asm.
// If an address is a phi or select of computed addresses, the pass adds the phi or select of their
// bases.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class KeepBases : public llvm::PassInfoMixin<KeepBases> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
