// Integer lanes made wider, and what is computed in the wider lanes (section 4.3.2). Results have
// lanes of twice the operands' width.
#pragma once

#include "compiler/codegen/lowering/vector_parts.h"

namespace codegen {

// `extension` is SExt or ZExt: whether the narrow lanes are signed.
using Extension = llvm::Instruction::CastOps;

// Returns the lanes of one half, extended.
llvm::Value* extendHalf(const Lowering& build, Extension extension, llvm::Value* lanes, Half half);

// Returns the sums of lanes 0 and 1, 2 and 3, and so on. None overflows.
llvm::Value* extendAndAddPairs(const Lowering& build, Extension extension, llvm::Value* lanes);

// Returns the products of the lanes of one half of both operands. None overflows.
llvm::Value* extendAndMultiply(const Lowering& build, Extension extension, llvm::Value* left,
                               llvm::Value* right, Half half);

}  // namespace codegen
