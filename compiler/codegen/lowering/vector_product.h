// Products of integer lanes that are summed or scaled (section 4.3.2). The relaxed ones
// are what is cheapest on the target; in the deterministic profile, what the specification fixes.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns the products of signed 16-bit lanes, the two of every pair summed to 32 bits.
llvm::Value* dotProduct(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Return the products of fixed-point numbers of 15 fractional bits, rounded. -1 * -1 saturates to
// the number just below 1; relaxed, it may also be -1.
llvm::Value* q15Product(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedQ15Product(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns the products of signed 8-bit lanes, the two of every pair summed to 16 bits. Lanes of
// `right` with the top bit set may be taken as unsigned, and sums may saturate.
llvm::Value* relaxedDotProduct(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns the same products, of every four summed to 32 bits and added to `sum`.
llvm::Value* relaxedDotProductAdd(const Lowering& build, llvm::Value* left, llvm::Value* right,
                                  llvm::Value* sum);

}  // namespace codegen
