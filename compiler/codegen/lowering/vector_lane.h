// The lowering of vector operations that move lanes and bits without arithmetic (section 4.3.2).
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return a vector with bytes[indices[i]] in lane i; all vectors are <16 x i8>. For indices of 16
// and more, swizzle yields zero. relaxedSwizzle yields zero if the top bit of the index is set, and
// for other indices the result of the target's cheapest instruction.
llvm::Value* swizzle(const Lowering& build, llvm::Value* bytes, llvm::Value* indices);
llvm::Value* relaxedSwizzle(const Lowering& build, llvm::Value* bytes, llvm::Value* indices);

// Return the bits of `ifOne` where the mask has a one, and those of `ifZero` elsewhere.
// relaxedLaneselect may use only the top bit of each lane, or byte, of the mask.
llvm::Value* bitselect(const Lowering& build, llvm::Value* ifOne, llvm::Value* ifZero,
                       llvm::Value* mask);
llvm::Value* relaxedLaneselect(const Lowering& build, llvm::Value* ifOne, llvm::Value* ifZero,
                               llvm::Value* mask);

// Returns an i1 that is true if any bit is one.
llvm::Value* anyTrue(const Lowering& build, llvm::Value* vector);

}  // namespace codegen
