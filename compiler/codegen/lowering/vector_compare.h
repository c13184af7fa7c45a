// Comparison of integer lanes.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// All ones in the lanes where `predicate` holds, zero in the others.
llvm::Value* laneMask(const Lowering& build, llvm::CmpInst::Predicate predicate, llvm::Value* left,
                      llvm::Value* right);

// Whether no lane is zero, as i1.
llvm::Value* allTrue(const Lowering& build, llvm::Value* lanes);

// The top bits of the lanes, that of lane 0 lowest, as i32.
llvm::Value* bitmask(const Lowering& build, llvm::Value* lanes);

}  // namespace codegen
