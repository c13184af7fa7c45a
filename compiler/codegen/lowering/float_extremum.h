// Minimum and maximum of floats, scalars and lanes alike (section 4.3.3): WebAssembly's own, the
// pseudo-minimum and -maximum, and the relaxed ones.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// left < right ? left : right, and left > right ? left : right: one instruction of x86-64.
llvm::Value* lesser(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* greater(const Lowering& build, llvm::Value* left, llvm::Value* right);

// fmin and fmax: a NaN operand gives a NaN, and -0 is less than +0.
llvm::Value* floatMin(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMax(const Lowering& build, llvm::Value* left, llvm::Value* right);

llvm::Value* pseudoMin(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* pseudoMax(const Lowering& build, llvm::Value* left, llvm::Value* right);

llvm::Value* relaxedMinimum(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedMaximum(const Lowering& build, llvm::Value* left, llvm::Value* right);

}  // namespace codegen
