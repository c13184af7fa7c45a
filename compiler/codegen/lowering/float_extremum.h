// Minimum and maximum of floats, scalars and lanes alike (section 4.3.3). No target but AArch64 has
// WebAssembly's own as an instruction.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return left < right ? left : right, and left > right ? left : right. One instruction of x86-64:
// the second operand wins if either is a NaN, or if both are zeros.
llvm::Value* lesser(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* greater(const Lowering& build, llvm::Value* left, llvm::Value* right);

// fmin and fmax: a NaN operand yields a NaN, and -0 is less than +0.
llvm::Value* floatMin(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMax(const Lowering& build, llvm::Value* left, llvm::Value* right);

// fpmin and fpmax, as C++'s std::min and std::max have it: the left operand unless the right one is
// strictly better.
llvm::Value* pseudoMin(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* pseudoMax(const Lowering& build, llvm::Value* left, llvm::Value* right);

// frelaxed_min and frelaxed_max: for NaNs and zeros what is cheapest on the target;
// in the deterministic profile, as fmin and fmax.
llvm::Value* relaxedMinimum(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedMaximum(const Lowering& build, llvm::Value* left, llvm::Value* right);

}  // namespace codegen
