// Vector operations that move lanes and bits without computing on them (section 4.3.2).
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return the lanes bytes[indices[i]]; all are <16 x i8>. swizzle yields zero for indices from 16
// on, relaxedSwizzle whatever is cheapest on the target, but always zero for those with the top bit
// set.
llvm::Value* swizzle(const Lowering& build, llvm::Value* bytes, llvm::Value* indices);
llvm::Value* relaxedSwizzle(const Lowering& build, llvm::Value* bytes, llvm::Value* indices);

// Return the bits of `ifOne` where the mask has a one, else those of `ifZero`. relaxedLaneselect
// may look at the top bit of each lane, or byte, of the mask alone.
llvm::Value* bitselect(const Lowering& build, llvm::Value* ifOne, llvm::Value* ifZero,
                       llvm::Value* mask);
llvm::Value* relaxedLaneselect(const Lowering& build, llvm::Value* ifOne, llvm::Value* ifZero,
                               llvm::Value* mask);

// Returns, as i1, whether any bit is one.
llvm::Value* anyTrue(const Lowering& build, llvm::Value* vector);

}  // namespace codegen
