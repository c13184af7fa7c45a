// Products of integer lanes that are summed or scaled.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// The products of 16-bit lanes, the two of every pair summed to 32 bits.
llvm::Value* dotProduct(const Lowering& build, llvm::Value* left, llvm::Value* right);

// The products of fixed-point numbers of 15 fractional bits, rounded. Saturating: -1 * -1 is the
// number just below 1. Relaxed: it may also be -1.
llvm::Value* q15Product(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedQ15Product(const Lowering& build, llvm::Value* left, llvm::Value* right);

// The products of 8-bit lanes, of which those of `right` should not have their top bit set, the two
// of every pair summed to 16 bits.
llvm::Value* relaxedDotProduct(const Lowering& build, llvm::Value* left, llvm::Value* right);

// The same, of every four summed to 32 bits and added to `sum`.
llvm::Value* relaxedDotProductAdd(const Lowering& build, llvm::Value* left, llvm::Value* right,
                                  llvm::Value* sum);

}  // namespace codegen
