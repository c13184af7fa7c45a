// The lowering of the widening of integer lanes, and of sums and products of widened lanes (section
// 4.3.2). The lanes of the results are twice as wide as those of the operands.
#pragma once

#include "compiler/codegen/lowering/vector_parts.h"

namespace codegen {

// How narrow lanes are extended: SExt if they are signed, else ZExt.
using Extension = llvm::Instruction::CastOps;

// Returns the lanes of one half of `lanes`, extended.
llvm::Value* extendHalf(const Lowering& build, Extension extension, llvm::Value* lanes, Half half);

// Returns the sums of the extended lanes 0 and 1, 2 and 3, and so on. None overflows.
llvm::Value* extendAndAddPairs(const Lowering& build, Extension extension, llvm::Value* lanes);

// Returns the products of the extended lanes of one half of both operands. None overflows.
llvm::Value* extendAndMultiply(const Lowering& build, Extension extension, llvm::Value* left,
                               llvm::Value* right, Half half);

}  // namespace codegen
