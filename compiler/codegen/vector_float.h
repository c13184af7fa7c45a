// Float operations that only vectors have (section 4.3.3): pseudo-minimum and -maximum, and the
// relaxed ones.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/vector_builder.h"

namespace codegen {

// right < left ? right : left, and left < right ? right : left, NaNs unchanged.
llvm::Value* pseudoMin(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);
llvm::Value* pseudoMax(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);

llvm::Value* relaxedMinimum(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);
llvm::Value* relaxedMaximum(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);

// left * right + addend, fused where the target has an instruction for that.
llvm::Value* relaxedMultiplyAdd(const VectorBuilder& b, llvm::Value* left, llvm::Value* right,
                                llvm::Value* addend);

}  // namespace codegen
