// The lowering of products of integer lanes that are summed or scaled (section 4.3.2). Where the
// specification of relaxed operations allows several results, they are those of the target's
// cheapest instruction; in the deterministic profile they are those that it prescribes.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns the products of signed 16-bit lanes, the two of each pair of lanes added in 32 bits.
llvm::Value* dotProduct(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Return the rounded products of fixed-point numbers with 15 fractional bits (Q15). -1 * -1
// saturates to the largest number below 1; relaxedQ15Product may yield -1 for it.
llvm::Value* q15Product(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedQ15Product(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns the products of signed 8-bit lanes, the two of each pair of lanes added in 16 bits. Lanes
// of `right` with the top bit set may be interpreted as unsigned, and sums may saturate.
llvm::Value* relaxedDotProduct(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns the same products, the four of each four lanes added in 32 bits to a lane of `sum`.
llvm::Value* relaxedDotProductAdd(const Lowering& build, llvm::Value* left, llvm::Value* right,
                                  llvm::Value* sum);

}  // namespace codegen
