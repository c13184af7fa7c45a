// Lowerings of the vector operations that move lanes and bits without computing on them.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Lane i is bytes[indices[i]], and zero where the index is beyond the last. <16 x i8> all.
llvm::Value* swizzle(const Lowering& build, llvm::Value* bytes, llvm::Value* indices);
llvm::Value* relaxedSwizzle(const Lowering& build, llvm::Value* bytes, llvm::Value* indices);

// Each bit is ifOne's where the mask has a one, otherwise ifZero's.
llvm::Value* bitselect(const Lowering& build, llvm::Value* ifOne, llvm::Value* ifZero,
                       llvm::Value* mask);
llvm::Value* relaxedLaneselect(const Lowering& build, llvm::Value* ifOne, llvm::Value* ifZero,
                               llvm::Value* mask);

// i1: whether any bit is one.
llvm::Value* anyTrue(const Lowering& build, llvm::Value* vector);

}  // namespace codegen
