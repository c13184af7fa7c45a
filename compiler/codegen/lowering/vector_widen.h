// Integer lanes made wider, and what is computed in the wider lanes.
#pragma once

#include "compiler/codegen/lowering/vector_parts.h"

namespace codegen {

// `extension` is SExt or ZExt: whether the narrow lanes are signed.
using Extension = llvm::Instruction::CastOps;

llvm::Value* extendHalf(const Lowering& build, Extension extension, llvm::Value* lanes, Half half);

// The sums of lanes 0 and 1, 2 and 3, and so on.
llvm::Value* extendAndAddPairs(const Lowering& build, Extension extension, llvm::Value* lanes);

// The products of the lanes of one half of both.
llvm::Value* extendAndMultiply(const Lowering& build, Extension extension, llvm::Value* left,
                               llvm::Value* right, Half half);

}  // namespace codegen
