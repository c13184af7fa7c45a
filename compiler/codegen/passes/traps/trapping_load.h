// Loads from linear memory that must trap where they are out of bounds.
#pragma once

#include <llvm/IR/Instructions.h>

namespace codegen {

// `instruction`, if it is a load that nothing else shows to be in bounds. Those are volatile, and
// no others. Null if it is not.
inline llvm::LoadInst* asTrappingLoad(llvm::Instruction& instruction) {
  auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction);
  return load != nullptr && load->isVolatile() && !load->isAtomic() ? load : nullptr;
}

}  // namespace codegen
