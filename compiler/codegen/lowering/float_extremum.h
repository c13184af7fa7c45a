// The lowering of minimum and maximum of floats, for scalars and vector lanes (section 4.3.3).
// AArch64 has instructions with WebAssembly's semantics, x86-64 does not.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return left < right ? left : right, and left > right ? left : right, which are single
// instructions on x86-64. The result is the right operand if either is a NaN, or if both are zeros.
llvm::Value* lesser(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* greater(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Return the results of fmin and fmax. A NaN operand yields a NaN, and -0 is less than +0.
llvm::Value* floatMin(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMax(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Return the results of fpmin and fpmax, which are std::min and std::max of C++: the left operand
// unless the right one is strictly less, or greater.
llvm::Value* pseudoMin(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* pseudoMax(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Return the results of frelaxed_min and frelaxed_max. For NaNs and zeros they are those of the
// target's cheapest instruction that the specification allows; in the deterministic profile they
// are those of fmin and fmax.
llvm::Value* relaxedMinimum(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedMaximum(const Lowering& build, llvm::Value* left, llvm::Value* right);

}  // namespace codegen
